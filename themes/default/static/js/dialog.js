// What opens and closes. Native dialogs: fragments that arrive in #dialog-place, the palette, the sheet of keys. Menus: <details data-menu>.
import { onSwap, open } from "./events.js"
import { isChanged } from "./forms.js"
import { say } from "./toasts.js"

const place = () => document.getElementById("dialog-place")
const FIRST = ".dialog-body :is(input:not([type=hidden]), select, textarea)"
let opener = null

export const openPage = (url, from = document.activeElement) => {
  opener = from
  return open(url, "#dialog-place")
}

function show(dialog) {
  if (dialog.open) return
  opener ??= document.activeElement
  dialog.showModal()
  const target = dialog.querySelector("[autofocus]") ?? dialog.querySelector("[data-ux=error-summary]") ?? dialog.querySelector(`${FIRST}:checked`) ?? dialog.querySelector(FIRST) ?? dialog.querySelector("[data-dialog-title]")
  target?.focus()
}

function mayClose(dialog) {
  const form = dialog.querySelector("form[data-guard]")
  return !form || !isChanged(form) || window.confirm(say("leave"))
}

export function openPalette() {
  const dialog = document.querySelector("[data-palette]")
  if (!dialog || dialog.open) return
  opener = document.activeElement
  dialog.showModal()
  const input = dialog.querySelector("input")
  input.select()
  input.dispatchEvent(new Event("input", { bubbles: true }))
}

export function openHelp() {
  const dialog = document.querySelector("[data-help]")
  if (!dialog || dialog.open) return
  opener = document.activeElement
  dialog.showModal()
}

function close(dialog) {
  if (mayClose(dialog)) dialog.close()
}

function onClick(event) {
  const target = event.target
  if (!(target instanceof Element)) return
  if (target.closest("[data-open-palette]") && !event.ctrlKey && !event.metaKey) return event.preventDefault(), openPalette()
  if (target.closest("[data-open-help]")) return openHelp()
  const dialog = target.closest("dialog[open]")
  if (!dialog) return
  if (target.closest("[data-dialog-close]")) return event.preventDefault(), close(dialog)
  if (target === dialog && isOutside(dialog, event)) close(dialog)
}

function isOutside(dialog, { clientX: x, clientY: y, detail }) {
  const box = dialog.getBoundingClientRect()
  return detail > 0 && (x < box.left || x > box.right || y < box.top || y > box.bottom)
}

const seen = (element) => (element?.isConnected && element !== document.body && element.checkVisibility?.() ? element : null)

function onClose(event) {
  const dialog = event.target
  if (!(dialog instanceof HTMLDialogElement)) return
  if (dialog.parentElement === place()) dialog.remove()
  const back = seen(opener) ?? seen(opener?.closest?.("details")?.querySelector("summary")) ?? document.querySelector("main")
  opener = null
  back?.focus?.({ preventScroll: true })
}

const opened = () => document.querySelectorAll("details[data-menu][open]")

function closeMenus(except = null) {
  for (const menu of opened()) if (!except || !menu.contains(except)) menu.open = false
}

function onMenuKey(event) {
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

function startMenus() {
  document.addEventListener("click", ({ target }) => {
    if (!(target instanceof Element)) return
    closeMenus(target)
    const item = target.closest(".menu-item:not([aria-disabled])")
    if (item) item.closest("details").open = false
  })
  document.addEventListener("keydown", onMenuKey, true)
  document.addEventListener("focusin", (event) => closeMenus(event.target))
  document.addEventListener("toggle", (event) => event.target.matches?.("details[data-menu]") && event.target.open && closeMenus(event.target), true)
}

export function startDialogs() {
  startMenus()
  onSwap(() => place()?.querySelectorAll("dialog:not([open])").forEach(show))
  document.addEventListener("click", onClick)
  document.addEventListener("close", onClose, true)
  document.addEventListener("cancel", (event) => event.target.matches?.("dialog") && !mayClose(event.target) && event.preventDefault(), true)
  document.addEventListener("partita:created", () => place()?.querySelector("dialog[open]")?.close())
}
