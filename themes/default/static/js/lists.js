// Lists: the row as a link, movement by keys, marks, the place one comes back to.
import { onSwap } from "./events.js"

const rowsOf = (root = document) => [...root.querySelectorAll("main [data-rows] tr[data-ux=row]")].filter((row) => row.checkVisibility?.() ?? true)
const linkOf = (row) => row?.querySelector("a.row")

export function moveRow(step) {
  const rows = rowsOf().filter(linkOf)
  if (!rows.length) return false
  const here = rows.indexOf(document.activeElement?.closest("tr"))
  const start = here >= 0 ? here + step : Math.max(0, rows.findIndex((row) => row.hasAttribute("aria-current")))
  const row = rows[Math.max(0, Math.min(start, rows.length - 1))]
  linkOf(row).focus({ preventScroll: true })
  row.scrollIntoView({ block: "nearest" })
  return true
}

let last = null
export function markRow(extend) {
  const row = document.activeElement?.closest("tr")
  const box = row?.querySelector("[data-check]")
  if (!box) return false
  setMark(box, !box.checked, extend)
  return true
}

function setMark(box, checked, extend) {
  const boxes = rowsOf().map((row) => row.querySelector("[data-check]")).filter(Boolean)
  const range = extend && last?.isConnected ? [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b) : null
  for (const item of range ? boxes.slice(range[0], range[1] + 1) : [box]) item.checked = checked
  last = box
  showBulk()
}

function showBulk() {
  const boxes = rowsOf().map((row) => row.querySelector("[data-check]")).filter(Boolean)
  const count = boxes.filter((box) => box.checked).length
  const bar = document.querySelector("[data-bulk]")
  const all = document.querySelector("[data-check-all]")
  if (all) Object.assign(all, { checked: count > 0 && count === boxes.length, indeterminate: count > 0 && count < boxes.length })
  if (!bar) return
  bar.hidden = !count
  const words = bar.querySelector("[data-bulk-count]")
  words.textContent = words.textContent.replace(/\d+/, count)
}

function onClick(event) {
  const target = event.target
  if (!(target instanceof Element)) return
  if (target.matches("[data-check-all]")) {
    for (const box of document.querySelectorAll("[data-check]")) box.checked = target.checked
    return showBulk()
  }
  if (target.matches("[data-check]")) return setMark(target, target.checked, event.shiftKey)
  if (target.closest("[data-bulk-clear]")) {
    for (const box of document.querySelectorAll("[data-check]")) box.checked = false
    return showBulk()
  }
  openRow(event, target)
}

function openRow(event, target) {
  const row = target.closest("tr[data-url]")
  if (!row || target.closest("a, button, input, label, summary") || event.button > 1 || String(getSelection())) return
  if (event.ctrlKey || event.metaKey || event.button === 1) window.open(row.dataset.url, "_blank", "noopener")
  else if (event.button === 0) location.assign(row.dataset.url)
}

const place = () => `place:${location.pathname}${location.search}`

function keepPlace() {
  const box = document.querySelector("[data-scroller]")
  const row = document.activeElement?.closest?.("tr[id]")
  try {
    sessionStorage.setItem(place(), JSON.stringify([box?.scrollTop ?? 0, scrollY, opened ?? row?.id ?? ""]))
  } catch {
    // only the comfort of coming back is lost
  }
}

let opened = null
function restorePlace() {
  const kind = performance.getEntriesByType("navigation")[0]?.type
  if (kind !== "back_forward" && kind !== "reload") return
  const [inner, outer, id] = JSON.parse(sessionStorage.getItem(place()) ?? "[]")
  if (inner === undefined) return
  const box = document.querySelector("[data-scroller]")
  if (box) box.scrollTop = inner
  if (outer) scrollTo(0, outer)
  const row = id && document.getElementById(id)
  if (kind === "back_forward" && row) linkOf(row)?.focus({ preventScroll: true })
}

export function startLists() {
  document.addEventListener("click", (event) => (opened = event.target.closest?.("tr[id]")?.id ?? opened), true)
  document.addEventListener("click", onClick)
  document.addEventListener("auxclick", (event) => openRow(event, event.target))
  window.addEventListener("pagehide", keepPlace)
  onSwap(showBulk)
  showBulk()
  restorePlace()
}
