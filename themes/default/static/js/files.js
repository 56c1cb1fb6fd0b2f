// Files: chosen ones are listed and can be taken back; dropped and pasted ones join them.
import { announce, language, say } from "./words.js"
import { toast } from "./toasts.js"

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
  const remove = Object.assign(document.createElement("button"), { type: "button", className: "btn ghost square small", textContent: "×" })
  remove.setAttribute("aria-label", `${say("remove")} ${file.name}`)
  remove.addEventListener("click", () => {
    set(input, kept.get(input).filter((_, index) => index !== at))
    input.focus()
  })
  item.append(name, size, remove)
  return item
}

export function sizeOf(bytes) {
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

export function startFiles() {
  document.addEventListener("change", (event) => event.target.matches?.("[data-files] input[type=file]") && add(event.target, event.target.files))
  document.addEventListener("paste", onPaste)
  document.addEventListener("dragover", onDrag)
  document.addEventListener("dragleave", (event) => event.relatedTarget ?? document.body.classList.remove("dropping"))
  document.addEventListener("drop", onDrop)
}
