// Controls that understand more than a key at a time. Dates as people say them («завтра», «+3д», «пт 15:00», «24.11») become dd.mm.yyyy;
// chosen files are listed and can be taken back, dropped and pasted ones join them.
import { onSwap } from "./events.js"
import { announce, iconOf, language, say, toast } from "./toasts.js"

const DAYS = [/^(сегодня|today)$/, 0, /^(завтра|tomorrow)$/, 1, /^(послезавтра)$/, 2, /^(вчера|yesterday)$/, -1]
const WEEK = [/^(вс|воскр\S*|sun\S*)$/, /^(пн|понед\S*|mon\S*)$/, /^(вт|вторник\S*|tue\S*)$/, /^(ср|сред\S*|wed\S*)$/, /^(чт|четв\S*|thu\S*)$/, /^(пт|пятн\S*|fri\S*)$/, /^(сб|субб\S*|sat\S*)$/]
const UNITS = { д: "d", d: "d", н: "w", w: "w", м: "m", m: "m", г: "y", y: "y" }
const two = (number) => String(number).padStart(2, "0")

export function parse(text, now = new Date()) {
  const words = text.trim().toLowerCase()
  const [, before, hours, minutes] = words.match(/^(.*?)(?:(?:^|[\s,]|(?<=\d)[tт])\s*(?:в\s+|at\s+)?(\d{1,2}):(\d{2})(?::\d\d)?)?$/)
  const time = hours === undefined ? "" : `${two(hours)}:${minutes}`
  if (hours > 23 || minutes > 59) return null
  const day = dayOf(before.replace(/,$/, "").trim(), now)
  return day === undefined ? null : { day, time }
}

function dayOf(words, now) {
  if (!words) return null
  const today = new Date(now.getFullYear(), now.getMonth(), now.getDate())
  for (let at = 0; at < DAYS.length; at += 2) if (DAYS[at].test(words)) return shift(today, DAYS[at + 1])
  const week = WEEK.findIndex((name) => name.test(words))
  if (week >= 0) return shift(today, (week - today.getDay() + 6) % 7 + 1)
  const step = words.match(/^([+-])\s*(\d{1,3})\s*([дднмгdwmy])?\S*$/)
  if (step) return stepped(today, (step[1] === "-" ? -1 : 1) * step[2], UNITS[step[3] ?? "д"])
  return written(words, today)
}

const shift = (date, days) => new Date(date.getFullYear(), date.getMonth(), date.getDate() + days)

function stepped(date, count, unit) {
  if (unit === "w") return shift(date, count * 7)
  if (unit === "d") return shift(date, count)
  const months = unit === "m" ? count : count * 12
  const last = new Date(date.getFullYear(), date.getMonth() + months + 1, 0).getDate()
  return new Date(date.getFullYear(), date.getMonth() + months, Math.min(date.getDate(), last))
}

function written(words, today) {
  const iso = words.match(/^(\d{4})-(\d{1,2})-(\d{1,2})$/)
  const local = words.match(/^(\d{1,2})[./\s-](\d{1,2})(?:[./\s-](\d{4}|\d{2}))?\.?$/) ?? words.match(/^(\d{2})(\d{2})(\d{4}|\d{2})?$/)
  if (!iso && !local) return undefined
  const [year, month, day] = iso ? [+iso[1], +iso[2], +iso[3]] : [yearOf(local[3], today), +local[2], +local[1]]
  const date = new Date(year, month - 1, day)
  return date.getMonth() === month - 1 && date.getDate() === day ? date : undefined
}

const yearOf = (text, today) => (!text ? today.getFullYear() : text.length === 2 ? 2000 + +text : +text)
const show = (date) => `${two(date.getDate())}.${two(date.getMonth() + 1)}.${date.getFullYear()}`

function tidy(input) {
  const kind = input.closest("[data-date]").dataset.date
  const found = input.value.trim() && parse(input.value)
  const day = found ? found.day ?? (kind === "datetime" ? new Date() : null) : null
  const text = found ? [day && kind !== "time" ? show(day) : "", kind === "date" ? "" : found.time].filter(Boolean).join(" ") : ""
  if (text) input.value = text
  echo(input)
}

function echo(input) {
  const place = input.parentElement.querySelector("output")
  const day = parse(input.value)?.day
  if (place) place.textContent = day ? day.toLocaleDateString(language, { weekday: "short" }) : ""
}

function pick(button) {
  const box = button.closest("[data-date]")
  const input = box.querySelector("input")
  const native = Object.assign(document.createElement("input"), { type: "date", className: "native-date", tabIndex: -1 })
  native.setAttribute("aria-hidden", "true")
  const found = parse(input.value)
  if (found?.day) native.value = `${found.day.getFullYear()}-${two(found.day.getMonth() + 1)}-${two(found.day.getDate())}`
  box.append(native)
  native.addEventListener("change", () => {
    input.value = [show(new Date(`${native.value}T00:00`)), found?.time].filter(Boolean).join(" ")
    input.dispatchEvent(new Event("change", { bubbles: true }))
  })
  native.addEventListener("blur", () => native.remove())
  native.showPicker?.()
}

function prepare() {
  for (const button of document.querySelectorAll("[data-date-pick][hidden]")) button.hidden = false
  for (const input of document.querySelectorAll("[data-date] > input:not(.native-date)")) echo(input)
}

function startDates() {
  document.addEventListener("change", (event) => event.target.matches?.("[data-date] > input:not(.native-date)") && tidy(event.target), true)
  document.addEventListener("click", (event) => event.target.closest?.("[data-date-pick]") && pick(event.target.closest("[data-date-pick]")))
  onSwap(prepare)
  prepare()
}

const kept = new WeakMap()
const inputOf = (box) => box?.querySelector("input[type=file]")

function add(input, files) {
  const box = input.closest("[data-files]")
  const most = Number(box?.dataset.max) || Infinity
  const fine = [...files].filter((file) => file.size <= most || void toast(say("file_too_big", { name: file.name })))
  const before = input.multiple ? (kept.get(input) ?? []).filter((old) => !fine.some((file) => file.name === old.name && file.size === old.size)) : []
  set(input, [...before, ...fine])
}

function set(input, files) {
  kept.set(input, files)
  const bag = new DataTransfer()
  files.forEach((file) => bag.items.add(file))
  input.files = bag.files
  draw(input, files)
  input.dispatchEvent(new Event("input", { bubbles: true }))
  if (files.length && input.hasAttribute("data-send")) input.form.requestSubmit()
}

function draw(input, files) {
  const list = input.closest("[data-files]")?.querySelector("[data-chosen]")
  if (!list) return
  list.hidden = !files.length
  list.replaceChildren(...files.map((file, at) => row(input, file, at)))
  if (files.length) announce(files.map((file) => file.name).join(", "))
}

function row(input, file, at) {
  const item = document.createElement("li")
  const name = Object.assign(document.createElement("span"), { className: "file-name", textContent: file.name })
  const size = Object.assign(document.createElement("span"), { className: "muted num", textContent: sizeOf(file.size) })
  const remove = Object.assign(document.createElement("button"), { type: "button", className: "btn ghost square small" })
  remove.setAttribute("aria-label", `${say("remove")} ${file.name}`)
  remove.addEventListener("click", () => {
    set(input, kept.get(input).filter((_, index) => index !== at))
    input.focus()
  })
  remove.append(iconOf("x"))
  item.append(iconOf("paperclip"), name, size, remove)
  return item
}

function sizeOf(bytes) {
  const units = language === "ru" ? ["Б", "КБ", "МБ", "ГБ"] : ["B", "KB", "MB", "GB"]
  const step = Math.min(3, Math.floor(Math.log2(Math.max(bytes, 1)) / 10))
  return `${(bytes / 1024 ** step).toLocaleString(language, { maximumFractionDigits: step > 1 ? 1 : 0 })} ${units[step]}`
}

function target(near) {
  const root = document.querySelector("dialog[open]") ?? document.querySelector("main") ?? document
  return inputOf(near?.closest?.("[data-files]")) ?? inputOf(near?.closest?.("form")?.querySelector("[data-files]")) ?? inputOf(root.querySelector("[data-files]"))
}

function onPaste(event) {
  const files = event.clipboardData?.files
  const input = files?.length && target(document.activeElement)
  if (!input) return
  event.preventDefault()
  add(input, [...files].map((file, at) => (file.name === "image.png" ? new File([file], `${stamp()}${at ? `-${at}` : ""}.png`, { type: file.type }) : file)))
}

const stamp = () => new Date().toISOString().slice(0, 19).replace(/\D/g, "-")
const carries = (event) => event.dataTransfer?.types.includes("Files")

function onDrag(event) {
  if (!carries(event) || !target(event.target)) return
  event.preventDefault()
  document.body.classList.add("dropping")
}

function onDrop(event) {
  document.body.classList.remove("dropping")
  const input = carries(event) && target(event.target)
  if (!input) return
  event.preventDefault()
  add(input, event.dataTransfer.files)
}

function startFiles() {
  document.addEventListener("change", (event) => event.target.matches?.("[data-files] input[type=file]") && add(event.target, event.target.files))
  document.addEventListener("paste", onPaste)
  document.addEventListener("dragover", onDrag)
  document.addEventListener("dragleave", (event) => event.relatedTarget ?? document.body.classList.remove("dropping"))
  document.addEventListener("drop", onDrop)
}

export function startInputs() {
  startDates()
  startFiles()
}
