// The picker of a link and the palette: one ARIA combobox, the list of options comes from the server.
import { onCreated } from "./events.js"
import { openPage } from "./dialog.js"
import { iconOf, say } from "./toasts.js"

const WAIT = 120
const BOX = "[data-combo]"
const asked = new WeakMap()

const parts = (box) => ({
  box,
  input: box.querySelector("[role=combobox]"),
  list: box.querySelector("[data-options]"),
  value: box.querySelector("[data-combo-value]"),
  said: box.querySelector("[role=status]"),
  clear: box.querySelector("[data-combo-clear]"),
})

function addressOf(box, text) {
  const url = new URL(box.dataset.combo, location.href)
  url.searchParams.set("q", text)
  const form = box.closest("form")
  const sent = form && box.dataset.depends ? new FormData(form) : null
  for (const name of sent ? box.dataset.depends.split(/\s+/) : []) for (const value of sent.getAll(name)) url.searchParams.append(name, value)
  return url
}

function ask(box, wait = WAIT) {
  const { input } = parts(box)
  const last = asked.get(box)
  clearTimeout(last?.timer)
  last?.stop?.abort()
  const stop = new AbortController()
  const timer = setTimeout(async () => {
    try {
      const answer = await fetch(addressOf(box, input.value.trim()), { headers: { "HX-Request": "true", Accept: "text/html" }, signal: stop.signal, mode: "same-origin" })
      if (answer.ok) fill(box, await answer.text())
    } catch (error) {
      if (error.name !== "AbortError") fill(box, "")
    }
  }, wait)
  asked.set(box, { timer, stop })
}

const forget = (box) => (clearTimeout(asked.get(box)?.timer), asked.get(box)?.stop.abort())

function fill(box, html) {
  const { input, list, said } = parts(box)
  if (document.activeElement !== input) return
  list.innerHTML = html
  const options = optionsOf(box)
  const found = options.filter((option) => !option.hasAttribute("data-create-option")).length
  said.textContent = found ? say("found", { count: found }) : say("none")
  if (!list.childElementCount) return hide(box)
  list.hidden = false
  input.setAttribute("aria-expanded", "true")
  choose(box, input.value.trim() || "go" in box.dataset ? options[0] : null)
}

const optionsOf = (box) => [...parts(box).list.querySelectorAll("[role=option]")]
const isOpen = (box) => !parts(box).list.hidden

function choose(box, option) {
  for (const item of optionsOf(box)) item.setAttribute("aria-selected", String(item === option))
  if (option) parts(box).input.setAttribute("aria-activedescendant", option.id)
  else parts(box).input.removeAttribute("aria-activedescendant")
  option?.scrollIntoView({ block: "nearest" })
}

const chosen = (box) => optionsOf(box).find((option) => option.getAttribute("aria-selected") === "true")

function hide(box) {
  const { input, list } = parts(box)
  list.hidden = true
  input.setAttribute("aria-expanded", "false")
  input.removeAttribute("aria-activedescendant")
}

function take(box, option, aside = false) {
  const { input } = parts(box)
  if (option.dataset.url) return aside ? window.open(option.dataset.url, "_blank", "noopener") : location.assign(option.dataset.url)
  hide(box)
  if (option.hasAttribute("data-create-option")) return create(box)
  put(box, option.dataset.value, option.dataset.text)
  input.focus()
}

function put(box, key, text) {
  forget(box)
  const { input, value, clear } = parts(box)
  if (box.dataset.multiple) addChip(box, key, text)
  else {
    input.value = text
    value.value = key
    if (clear) clear.hidden = !key
  }
  input.dataset.taken = input.value
  ;(value ?? input).dispatchEvent(new Event("change", { bubbles: true }))
}

function addChip(box, key, text) {
  const { input } = parts(box)
  input.value = ""
  const chips = box.querySelector(".pick-chips")
  if (chips.querySelector(`[data-picked="${CSS.escape(key)}"]`)) return
  const chip = Object.assign(document.createElement("span"), { className: "pick-chip" })
  chip.dataset.picked = key
  const hidden = Object.assign(document.createElement("input"), { type: "hidden", name: box.dataset.multiple, value: key })
  const remove = Object.assign(document.createElement("button"), { type: "button", className: "chip-x" })
  remove.dataset.unpick = ""
  remove.setAttribute("aria-label", `${say("remove")} ${text}`)
  remove.append(iconOf("x", 14))
  chip.append(hidden, Object.assign(document.createElement("span"), { textContent: text }), remove)
  chips.append(chip)
}

function create(box) {
  const { input } = parts(box)
  const url = new URL(box.dataset.create, location.href)
  url.searchParams.set("text", input.value.trim())
  url.searchParams.set("for", input.id)
  openPage(url.pathname + url.search, input)
}

// Text that was changed and not taken: the value it stood for is no longer meant.
function leave(box) {
  const { input, value, clear } = parts(box)
  const text = input.value.trim()
  const same = optionsOf(box).filter((option) => option.dataset.value && option.dataset.text.toLowerCase() === text.toLowerCase())
  hide(box)
  if (!value || (input.dataset.taken ?? input.defaultValue) === input.value) return
  if (text && same.length === 1) return put(box, same[0].dataset.value, same[0].dataset.text)
  if (!value.value) return
  value.value = ""
  if (clear) clear.hidden = true
  value.dispatchEvent(new Event("change", { bubbles: true }))
}

function onKey(event) {
  const box = event.target.matches?.("[role=combobox]") && event.target.closest(BOX)
  if (!box || event.isComposing) return
  const options = optionsOf(box)
  const at = options.indexOf(chosen(box))
  const moves = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + 8, PageUp: at - 8 }
  if (event.key === "Enter" && event.altKey) {
    event.preventDefault()
    box.querySelector("a.affix-button")?.click()
  } else if (event.key in moves && !event.altKey) {
    event.preventDefault()
    if (!isOpen(box)) return ask(box, 0)
    const next = moves[event.key]
    choose(box, options[/Page/.test(event.key) ? Math.max(0, Math.min(next, options.length - 1)) : (next + options.length) % options.length])
  } else if (event.key === "Enter" && isOpen(box) && chosen(box) && !(event.ctrlKey && !("go" in box.dataset))) {
    event.preventDefault()
    take(box, chosen(box), event.ctrlKey || event.metaKey)
  } else if (event.key === "Escape" && isOpen(box) && !("go" in box.dataset)) {
    event.preventDefault()
    event.stopPropagation()
    hide(box)
  }
}

function onClick(event) {
  const target = event.target instanceof Element ? event.target : null
  const box = target?.closest(BOX)
  if (!box) return
  const option = target.closest("[role=option]")
  if (option) return take(box, option, event.ctrlKey || event.metaKey)
  if (target.closest("[data-combo-clear]")) return put(box, "", ""), parts(box).input.focus()
  if (target.closest("[data-unpick]")) {
    target.closest(".pick-chip").remove()
    const { input } = parts(box)
    input.dispatchEvent(new Event("change", { bubbles: true }))
    return input.focus()
  }
  if (target.matches("[role=combobox]") && !target.value && !isOpen(box)) ask(box, 0)
}

export function startCombos() {
  document.addEventListener("input", (event) => event.target.matches?.("[role=combobox]") && ask(event.target.closest(BOX)))
  document.addEventListener("keydown", onKey, true)
  document.addEventListener("click", onClick)
  document.addEventListener("pointerdown", (event) => event.target.closest?.("[role=option]") && event.preventDefault())
  document.addEventListener("focusout", (event) => {
    const box = event.target.matches?.("[role=combobox]") && event.target.closest(BOX)
    if (!box || box.contains(event.relatedTarget)) return
    forget(box)
    leave(box)
  })
  onCreated(({ for: id, id: key, text }) => {
    const box = document.getElementById(id)?.closest(BOX)
    if (box) put(box, String(key), text)
  })
}
