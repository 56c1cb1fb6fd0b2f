// Native dialogs: fragments that arrive in #dialog-place, the palette, the sheet of keys.
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

export function startDialogs() {
  onSwap(() => place()?.querySelectorAll("dialog:not([open])").forEach(show))
  document.addEventListener("click", onClick)
  document.addEventListener("close", onClose, true)
  document.addEventListener("cancel", (event) => event.target.matches?.("dialog") && !mayClose(event.target) && event.preventDefault(), true)
  document.addEventListener("partita:created", () => place()?.querySelector("dialog[open]")?.close())
}
