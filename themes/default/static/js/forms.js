// What is typed and not saved: the mark in the title, the question on leaving, drafts that survive a closed tab.
import { onLeaving, onSwap } from "./events.js"
import { iconOf, language, say } from "./toasts.js"

const OWN = new Set(["version", "key", "next"])
const saved = new WeakMap()
const DRAFT = "draft:"
const SAVED = "saved"
let leaving = false

const formsOf = (root = document) => root.querySelectorAll("form[data-guard]")

function entriesOf(form) {
  const entries = []
  for (const [name, value] of new FormData(form)) {
    if (OWN.has(name) || form.elements[name]?.type === "password") continue
    entries.push([name, value instanceof File ? (value.size ? `${value.name}:${value.size}` : "") : value])
  }
  return entries
}

// The text of a picker says nothing until an option is taken.
const stateOf = (form) => JSON.stringify(entriesOf(form).filter(([name]) => !name.endsWith("__text")))

export function remember(form) {
  if (form?.matches?.("form[data-guard]") && !saved.has(form)) saved.set(form, form.hasAttribute("data-dirty") ? "" : stateOf(form))
}

export const isChanged = (form) => saved.has(form) && saved.get(form) !== stateOf(form)

const keyOf = (form) => `${DRAFT}${location.pathname}${form.id && `#${form.id}`}`

function mark(form) {
  const changed = isChanged(form)
  const state = form.querySelector("[data-form-state]")
  if (state) state.textContent = changed ? say("unsaved") : ""
  if (form.closest("dialog")) return
  const told = form.querySelector("[data-ux=error-summary]") // «Ошибка: …» stands first in the title then
  document.title = document.title.replace(/^● /, "").replace(/^/, changed && !told ? "● " : "")
}

let timer
function onInput(event) {
  const form = event.target.form ?? event.target.closest?.("form")
  if (!form?.matches("[data-guard]")) return
  remember(form)
  clearTimeout(timer)
  timer = setTimeout(() => {
    mark(form)
    keepDraft(form)
  }, 400)
}

function keepDraft(form) {
  if (!form.id || form.closest("dialog")) return
  try {
    if (isChanged(form)) localStorage.setItem(keyOf(form), JSON.stringify({ at: Date.now(), entries: entriesOf(form) }))
    else localStorage.removeItem(keyOf(form))
  } catch {
    // a full or forbidden store only means that there is no draft
  }
}

export function dropDrafts(only = "") {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(DRAFT + only)) localStorage.removeItem(key)
  } catch {
    // nothing was kept
  }
}

function offerDraft(form) {
  let draft = null
  try {
    draft = JSON.parse(localStorage.getItem(keyOf(form)))
  } catch {
    return
  }
  if (!draft || JSON.stringify(draft.entries) === JSON.stringify(entriesOf(form))) return dropDrafts(keyOf(form).slice(DRAFT.length))
  const box = document.createElement("div")
  box.className = "notice tone-info draft"
  box.setAttribute("role", "status")
  const at = new Date(draft.at).toLocaleString(language, { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" })
  box.append(iconOf("info"), Object.assign(document.createElement("p"), { textContent: say("draft", { at }) }))
  box.append(choice(say("draft_take"), () => takeDraft(form, draft.entries, box)), choice(say("draft_drop"), () => (dropDrafts(keyOf(form).slice(DRAFT.length)), box.remove())))
  form.before(box)
}

function choice(text, run) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "btn", textContent: text })
  button.addEventListener("click", run)
  return button
}

// Answers open questions, so the draft is put in again after each refresh until nothing new appears.
function takeDraft(form, entries, box) {
  box.remove()
  let left = 4
  const known = new Set()
  const put = () => {
    const fresh = entries.map(([name]) => name).filter((name) => form.elements[name] && !known.has(name))
    if (!fresh.length || !left--) return
    fresh.forEach((name) => known.add(name))
    fill(form, entries.filter(([name]) => fresh.includes(name)))
    mark(form)
    setTimeout(put, 900)
  }
  remember(form)
  put()
  form.querySelector(".input")?.focus()
}

function fill(form, entries) {
  let asks = null
  for (const [name, value] of entries) {
    const found = form.elements[name]
    for (const item of found instanceof RadioNodeList ? found : [found]) {
      if (item.type === "file") continue
      if (item.type === "checkbox" || item.type === "radio") item.checked = item.value === value || (item.checked && item.type === "checkbox")
      else item.value = value
      if (item.matches("[data-asks]")) asks = item
    }
  }
  asks?.dispatchEvent(new Event("change", { bubbles: true }))
}

function onSubmit(event) {
  const form = event.target
  if (form.id === "sign-out-form") dropDrafts()
  if (form.dataset.sent && !form.hasAttribute("data-busy")) return event.preventDefault()
  if (event.defaultPrevented || form.hasAttribute("data-busy") || form.method === "dialog" || form.method === "get") return
  form.dataset.sent = "yes"
  if (form.matches("[data-guard]")) leaving = true
  event.submitter?.setAttribute("aria-busy", "true")
}

// After a save the reader stands at the top of what was saved, not nowhere.
function landAfterSave() {
  if (!sessionStorage.getItem(SAVED)) return
  sessionStorage.removeItem(SAVED)
  if (document.activeElement === document.body) document.querySelector("main")?.focus({ preventScroll: true })
}

export function startForms() {
  landAfterSave()
  formsOf().forEach((form) => (remember(form), form.id && offerDraft(form), mark(form)))
  document.addEventListener("focusin", (event) => remember(event.target.form))
  for (const name of ["input", "change"]) document.addEventListener(name, onInput)
  onSwap(() => formsOf().forEach((form) => (remember(form), mark(form))))
  onLeaving((source) => {
    leaving = true
    sessionStorage.setItem(SAVED, "yes")
    const form = source.closest?.("form")
    if (form?.id) dropDrafts(keyOf(form).slice(DRAFT.length))
  })
  document.addEventListener("submit", onSubmit)
  window.addEventListener("beforeunload", (event) => !leaving && [...formsOf()].some(isChanged) && event.preventDefault())
  window.addEventListener("pageshow", (event) => {
    leaving = false
    if (event.persisted) document.querySelectorAll("form[data-sent]").forEach((form) => (delete form.dataset.sent, form.querySelector("[aria-busy]")?.removeAttribute("aria-busy")))
  })
}
