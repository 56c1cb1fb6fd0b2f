// Enhances pages that work without it: starts every part, and keeps the shell: shortcuts, the look switched in place, small helps of the sign-in page.
// Everything listens on the document, so swapped fragments need no start of their own.
import { startCombos } from "./combobox.js"
import { openHelp, openPalette, startDialogs } from "./dialog.js"
import { onSwap, startEvents } from "./events.js"
import { startForms } from "./forms.js"
import { markRow, moveRow, startLists } from "./lists.js"
import { announce, say, startToasts, toast } from "./toasts.js"

// Shortcuts: A Latin letter is taken as typed; on any other layout the physical key answers (ЙЦУКЕН: «л» with Ctrl is Ctrl+K).
const PUNCTUATION = { Slash: ["/", "?"], Period: [".", ">"] }

function keyOf(event) {
  const { key, code, shiftKey } = event
  if (/^[a-z0-9]$/i.test(key)) return key.toLowerCase()
  if (code in PUNCTUATION && (key.length > 1 || !/^[/?.>]$/.test(key) || (code === "Slash" && /[.,]/.test(key)))) return PUNCTUATION[code][shiftKey ? 1 : 0]
  if (/^Key[A-Z]$/.test(code)) return code[3].toLowerCase()
  if (/^(Digit|Numpad)\d$/.test(code) && !shiftKey) return code.at(-1)
  return key
}

const TYPING = "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=file])"
const isTyping = (target) => target instanceof Element && target.closest(TYPING)
const isOff = () => document.documentElement.dataset.keys === "off"
const press = (selector, root = document) => {
  const found = [...root.querySelectorAll(selector)].find((item) => item.checkVisibility?.() ?? true)
  found?.click()
  return Boolean(found)
}

function defaultButton(selector) {
  const active = document.activeElement
  const place = document.querySelector("dialog[open]") ?? active?.closest?.("form") ?? document.querySelector("main")
  return place?.querySelector(selector) ?? (active?.form && document.querySelector(`${selector}[form="${active.form.id}"]`)) ?? (place?.matches("form") ? document.querySelector(`main ${selector}`) : null)
}

const WITH_CONTROL = {
  k: () => openPalette(),
  Enter: (event) => defaultButton(event.shiftKey ? "[data-save-new]" : "[data-default]")?.click(),
  s: () => (defaultButton("[data-save]") ?? defaultButton("[data-default]"))?.click(),
  "/": () => openHelp(),
}

const ALONE = {
  n: () => press("[data-new]"),
  e: () => press("[data-edit]"),
  j: () => moveRow(1),
  k: () => moveRow(-1),
  ArrowDown: () => inList() && moveRow(1),
  ArrowUp: () => inList() && moveRow(-1),
  x: (event) => markRow(event.shiftKey),
  "?": () => openHelp(),
  "/": () => (focusSearch(), true),
  ".": () => copyNumber(),
}

const WITH_ALT = { ArrowUp: () => press("#walk-prev"), ArrowDown: () => press("#walk-next") }

const inList = () => Boolean(document.activeElement?.closest("[data-rows] tr")) || (document.activeElement?.matches("body, main") && document.querySelector("main [data-list] [data-rows]"))

function focusSearch() {
  const search = document.querySelector("main [data-search]")
  if (!search) return openPalette()
  search.focus()
  search.select()
}

function copyNumber() {
  const number = document.querySelector("[data-number-copy]")?.textContent.trim()
  if (!number) return false
  navigator.clipboard?.writeText(number).then(() => announce(say("copied", { text: number })))
  return true
}

function chooseDigit(event, key) {
  const group = event.target.closest?.("[data-radios]")
  const option = group?.querySelector(`input[data-digit="${key}"]`)
  if (!option) return false
  option.focus()
  option.click()
  return true
}

function onKey(event) {
  if (event.defaultPrevented || event.isComposing) return
  const key = keyOf(event)
  const control = event.ctrlKey || event.metaKey
  let taken = false
  if (control && !event.altKey) taken = key in WITH_CONTROL && (WITH_CONTROL[key](event), true)
  else if (event.altKey) taken = WITH_ALT[event.key]?.() ?? false
  else if (isTyping(event.target) || isOff()) return
  else if (/^[1-9]$/.test(key)) taken = chooseDigit(event, key)
  else if (!document.querySelector("dialog[open], details[data-menu][open]") && !(event.target.matches?.("[type=radio]") && /^Arrow/.test(key))) taken = ALONE[key]?.(event) ?? false
  if (taken) event.preventDefault()
}

function look(button) {
  const form = button.form
  const sent = new FormData(form)
  sent.set(button.name, button.value)
  document.documentElement.dataset[button.name] = button.value
  for (const item of form.querySelectorAll(`[name="${button.name}"]`)) item.setAttribute("aria-pressed", String(item === button))
  fetch(form.action, { method: "POST", body: new URLSearchParams(sent), headers: { "HX-Request": "true" } })
}

function onShellClick(event) {
  const target = event.target
  if (!(target instanceof Element)) return
  const choice = target.closest("[data-look]")
  if (choice) return event.preventDefault(), look(choice)
  const impossible = target.closest("[aria-disabled=true]")
  if (impossible) return event.preventDefault(), impossible.dataset.why && toast(impossible.dataset.why, { tone: "info" })
  const show = target.closest("[data-show-password]")
  if (show) return reveal(show)
  const demo = target.closest("[data-fill-login]")
  if (demo) fillLogin(demo)
}

function reveal(button) {
  const input = document.getElementById(button.dataset.showPassword)
  const shown = input.type === "text"
  input.type = shown ? "password" : "text"
  button.setAttribute("aria-pressed", String(!shown))
  input.focus()
}

function fillLogin({ dataset }) {
  document.getElementById("login").value = dataset.fillLogin
  document.getElementById("password").value = dataset.fillPassword
  document.getElementById("sign-in-submit").focus()
}

for (const start of [startToasts, startEvents, startCombos, startDialogs, startForms, startLists]) start()

// Dates and files come with the pages that have them.
let inputs = null
const wakeInputs = () => (inputs ??= document.querySelector("[data-date], [data-files]") && import("./inputs.js").then((module) => module.startInputs()))
onSwap(wakeInputs)
wakeInputs()

document.addEventListener("click", onShellClick)
document.addEventListener("keydown", onKey)
