// Enhances pages that work without it: starts every part, and keeps the shell: menus that close, the look switched in place, small helps of the sign-in page.
// Everything listens on the document, so swapped fragments need no start of their own.
import { startCombos } from "./combobox.js"
import { startDialogs } from "./dialog.js"
import { startEvents } from "./events.js"
import { startForms } from "./forms.js"
import { startInputs } from "./inputs.js"
import { startKeys } from "./keys.js"
import { startLists } from "./lists.js"
import { startToasts } from "./toasts.js"
const opened = () => document.querySelectorAll("details[data-menu][open]")

function closeMenus(except = null) {
  for (const menu of opened()) if (!except || !menu.contains(except)) menu.open = false
}

function onKey(event) {
  const menu = event.target.closest?.("details[data-menu][open]")
  if (!menu) return
  if (event.key === "Escape") {
    event.preventDefault()
    event.stopPropagation()
    menu.open = false
    menu.querySelector("summary").focus()
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  const items = [...menu.querySelectorAll(".menu-item")]
  if (!step || !items.length || event.target.matches(".input, [type=radio]")) return
  event.preventDefault()
  items.at((items.indexOf(event.target) + step + items.length) % items.length).focus()
}

function look(button) {
  const form = button.form
  const sent = new FormData(form)
  sent.set(button.name, button.value)
  document.documentElement.dataset[button.name] = button.value
  for (const item of form.querySelectorAll(`[name="${button.name}"]`)) item.setAttribute("aria-pressed", String(item === button))
  fetch(form.action, { method: "POST", body: new URLSearchParams(sent), headers: { "HX-Request": "true" } })
}

function onClick(event) {
  const target = event.target
  if (!(target instanceof Element)) return
  closeMenus(target)
  const item = target.closest(".menu-item:not([aria-disabled])")
  if (item) item.closest("details").open = false
  const choice = target.closest("[data-look]")
  if (choice) return event.preventDefault(), look(choice)
  if (target.closest("[aria-disabled=true]")) return event.preventDefault()
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

function startShell() {
  document.addEventListener("click", onClick)
  document.addEventListener("keydown", onKey, true)
  document.addEventListener("focusin", (event) => closeMenus(event.target))
  document.addEventListener("toggle", (event) => event.target.matches?.("details[data-menu]") && event.target.open && closeMenus(event.target), true)
}

for (const start of [startToasts, startEvents, startShell, startCombos, startDialogs, startInputs, startForms, startLists, startKeys]) start()
