// Dates as people say them: «завтра», «+3д», «пт 15:00», «24.11». On leaving the control they become dd.mm.yyyy.
import { onSwap } from "./events.js"
import { language } from "./words.js"

const DAYS = [/^(сегодня|today)$/, 0, /^(завтра|tomorrow)$/, 1, /^(послезавтра)$/, 2, /^(вчера|yesterday)$/, -1]
const WEEK = [/^(вс|воскр\S*|sun\S*)$/, /^(пн|понед\S*|mon\S*)$/, /^(вт|вторник\S*|tue\S*)$/, /^(ср|сред\S*|wed\S*)$/, /^(чт|четв\S*|thu\S*)$/, /^(пт|пятн\S*|fri\S*)$/, /^(сб|субб\S*|sat\S*)$/]
const UNITS = { д: "d", d: "d", н: "w", w: "w", м: "m", m: "m", г: "y", y: "y" }
const two = (number) => String(number).padStart(2, "0")

export function parse(text, now = new Date()) {
  const words = text.trim().toLowerCase()
  const [, before, hours, minutes] = words.match(/^(.*?)(?:(?:^|[\s,tт])\s*(?:в\s+|at\s+)?(\d{1,2}):(\d{2})(?::\d\d)?)?$/)
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

export function startDates() {
  document.addEventListener("change", (event) => event.target.matches?.("[data-date] > input:not(.native-date)") && tidy(event.target), true)
  document.addEventListener("click", (event) => event.target.closest?.("[data-date-pick]") && pick(event.target.closest("[data-date-pick]")))
  onSwap(prepare)
  prepare()
}
