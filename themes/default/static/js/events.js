// The only module that knows htmx: its event names, its context, its morph. Others import from here.
import { announce, say, toast } from "./toasts.js"

const CONFIG = "htmx:config:request"
const BEFORE = "htmx:before:request"
const ANSWERED = "htmx:after:request"
const REFUSED = "htmx:response:error"
const FAILED = "htmx:error"
const BEFORE_SWAP = "htmx:before:swap"
const SWAPPED = "htmx:after:swap"
const FINISHED = "htmx:finally:request"
const INSIDE = new Set([409, 422]) // these answers are forms, swapped in place

const listen = (name, run) => document.addEventListener(name, (event) => run(event.detail, event))

export const onSwap = (run) => listen(SWAPPED, ({ ctx }) => run(ctx.target instanceof Element ? ctx.target : document.body, ctx))
export const onCreated = (run) => listen("partita:created", run)
export const onLeaving = (run) => listen(ANSWERED, ({ ctx }) => (ctx.hx?.redirect || ctx.hx?.refresh) && run(ctx.sourceElement))
export const open = (url, target, swap = "innerHTML") => window.htmx.ajax("GET", url, { target, swap })

function trim({ ctx }) {
  const { sourceElement: source, request } = ctx
  if (!(request.body instanceof FormData)) return
  const entries = [...request.body]
  if (source.hasAttribute("data-without-empty")) keep(request, entries.filter(([, value]) => value !== ""))
  if (source.hasAttribute("data-without-files")) keep(request, entries.filter(([, value]) => !(value instanceof File)))
  if (entries.some(([, value]) => value instanceof File && value.size) && !source.hasAttribute("data-without-files")) {
    request.timeout = 0
    ctx.fetch = sendWithProgress
  }
}

function keep(request, entries) {
  for (const name of new Set(request.body.keys())) request.body.delete(name)
  for (const [name, value] of entries) request.body.append(name, value)
}

function mainButton({ sourceElement: source, request }) {
  if (!source.hasAttribute("data-busy")) return null
  return [request?.submitter, source.closest("dialog")?.querySelector("[data-default]"), source.querySelector?.("[data-default]"), source]
    .find((item) => item?.matches?.(".btn")) ?? null
}

// One form, several requests: a save or a row button overtakes the refresh of questions, whose answer would bring an older form;
// a refresh asked for meanwhile waits for the end of the deed.
const deeds = new WeakMap()
const formOf = (source) => source.closest?.("form")
const isRefresh = (source) => source.hasAttribute?.("data-refresh")

function overtake({ ctx }, event) {
  const { sourceElement: source, request, sourceEvent } = ctx
  const form = formOf(source)
  if (!form || request.method === "GET") return
  if (isRefresh(source)) {
    if (!deeds.has(form)) return
    deeds.set(form, sourceEvent?.target ?? null)
    return event.preventDefault()
  }
  deeds.set(form, null)
  form.querySelectorAll("[data-refresh]").forEach((refresh) => refresh.dispatchEvent(new Event("htmx:abort")))
}

function release({ ctx }) {
  const source = ctx.sourceElement
  const form = formOf(source)
  if (!form || isRefresh(source) || !deeds.has(form)) return
  const control = deeds.get(form)
  deeds.delete(form)
  if (control?.isConnected && ctx.response?.status !== 422) control.dispatchEvent(new Event("change", { bubbles: true }))
}

const setBusy = (button, busy) => button && (busy ? button.setAttribute("aria-busy", "true") : button.removeAttribute("aria-busy"))

function refuse({ ctx }) {
  const code = ctx.response.status
  if (INSIDE.has(code)) return
  if (code === 401) toast(say("signed_out"), { action: say("sign_in"), href: `/sign-in?next=${encodeURIComponent(location.pathname + location.search)}` })
  else if (code === 403) toast(say("denied"))
  else if (code === 413) toast(say("too_big"))
  else toast(say("failed", { code }), retry(ctx))
}

function fail({ ctx }) {
  if (!ctx?.request) return
  const late = ctx.request.signal?.reason === "timeout"
  toast(say(late ? "timeout" : "offline"), retry(ctx))
}

function retry({ sourceElement: source, request }) {
  if (!source?.matches?.("form")) return {}
  const submitter = request?.submitter?.isConnected ? request.submitter : undefined
  return { action: say("retry"), run: () => source.requestSubmit(submitter) }
}

// Questions that came with the last answer are told, not shown by moving the focus.
const questions = new WeakMap()
const fieldsOf = (box) => new Set([...(box.querySelectorAll?.(".field[id]") ?? [])].map((field) => field.id))

function count({ ctx, tasks }) {
  for (const { target } of tasks) if (target instanceof Element && target.matches("form")) questions.set(ctx, fieldsOf(target))
}

function tell(box, ctx) {
  if (ctx.response?.status === 422) return focusErrors(box)
  const before = questions.get(ctx)
  if (!before || !ctx.sourceElement?.hasAttribute?.("data-without-files")) return
  const added = [...fieldsOf(box.isConnected ? box : document.body)].filter((id) => !before.has(id)).length
  if (added) announce(say("added", { count: added }))
}

export function focusErrors(box = document) {
  const summary = box.querySelector?.("[data-ux=error-summary]") ?? document.querySelector("dialog[open] [data-ux=error-summary], [data-ux=error-summary]")
  summary?.focus()
}

// A morph sets attributes; what a person sees is properties. Open menus, open suggestions and chosen files are the page's own.
const morph = {
  htmx_before_morph_node: (element) => !element.matches?.("[data-chosen], [data-options]:not([hidden]), dialog[open]"),
  htmx_before_morph_attr: (element, { attrName: name, newValue: value }) => {
    if (element.matches("details[data-menu]") && name === "open") return false
    if (element.matches("[role=combobox]") && name.startsWith("aria-") && element.getAttribute("aria-expanded") === "true") return !/expanded|activedescendant/.test(name)
    if (name === "checked") element.checked = value !== null
    if (name === "selected") element.selected = value !== null
    return true
  },
}

// fetch cannot tell how much has gone, XMLHttpRequest can.
function sendWithProgress(url, request) {
  return new Promise((resolve, reject) => {
    const sender = new XMLHttpRequest()
    sender.open(request.method, url)
    for (const [name, value] of Object.entries(request.headers)) sender.setRequestHeader(name, value)
    const bar = showBar(request.form)
    sender.upload.onprogress = (event) => event.lengthComputable && bar && (bar.value = (event.loaded / event.total) * 100)
    sender.onload = () => resolve(answerOf(sender))
    sender.onerror = () => reject(new TypeError("network"))
    sender.onabort = () => reject(new DOMException("aborted", "AbortError"))
    sender.onloadend = () => bar?.remove()
    request.signal?.addEventListener("abort", () => sender.abort())
    sender.send(request.body)
  })
}

function showBar(form) {
  const place = form?.querySelector("[data-files]")
  if (!place) return null
  const bar = document.createElement("progress")
  bar.max = 100
  bar.value = 0
  bar.setAttribute("aria-label", place.closest(".field")?.querySelector("legend, label")?.textContent ?? "")
  place.append(bar)
  return bar
}

function answerOf(sender) {
  const headers = new Headers()
  for (const line of sender.getAllResponseHeaders().trim().split(/\r?\n/)) {
    const [name, ...rest] = line.split(":")
    if (rest.length) headers.append(name.trim(), rest.join(":").trim())
  }
  const empty = [204, 205, 304].includes(sender.status)
  return new Response(empty ? null : sender.responseText, { status: sender.status, headers })
}

export function startEvents() {
  window.htmx?.registerExtension("partita", morph)
  listen(CONFIG, trim)
  listen(BEFORE, overtake)
  listen(FINISHED, release)
  listen(BEFORE, ({ ctx }) => setBusy(mainButton(ctx), true))
  listen(FINISHED, ({ ctx }) => ctx.hx?.redirect || setBusy(mainButton(ctx), false))
  listen(REFUSED, refuse)
  listen(FAILED, fail)
  listen(BEFORE_SWAP, count)
  onSwap(tell)
  focusErrors()
}
