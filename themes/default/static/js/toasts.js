// What the page says: words of the server, the live line, messages. Mistakes stay until closed, the rest go after eight seconds of not being looked at.
const words = JSON.parse(document.body.dataset.words || "{}")

export const say = (key, given = {}) =>
  (words[key] || key).replace(/\{(\w+)\}/g, (_, name) => given[name] ?? "")

export const language = document.documentElement.lang || "ru"

let saying
export function announce(text) {
  const place = document.getElementById("said")
  if (!place) return
  place.textContent = ""
  clearTimeout(saying)
  saying = setTimeout(() => (place.textContent = text), 60)
}

// The sprite's address is known from any picture of the page.
export function iconOf(name, size = 16) {
  const box = document.createElement("template")
  const sprite = document.querySelector("svg.icon use")?.getAttribute("href").split("#")[0]
  box.innerHTML = `<svg class="icon" width="${size}" height="${size}" aria-hidden="true"><use href="${sprite}#${name}"></use></svg>`
  return box.content.firstChild
}

const STAY = 8000
const place = () => document.getElementById("toasts")

export function toast(text, { tone = "danger", action = "", run = null, href = "" } = {}) {
  const box = document.createElement("div")
  box.className = `toast tone-${tone}`
  box.dataset.ux = "toast"
  box.dataset.tone = tone
  const words = document.createElement("p")
  words.textContent = text
  box.append(iconOf(tone === "danger" ? "circle-alert" : "info"), words)
  if (action) box.append(actionOf(action, run, href, box))
  box.append(closer())
  for (const old of place().querySelectorAll(".toast")) if (old.querySelector("p")?.textContent === text) old.remove()
  place().append(box)
  return box
}

function actionOf(text, run, href, box) {
  const item = document.createElement(href ? "a" : "button")
  item.textContent = text
  if (href) Object.assign(item, { href, target: "_blank", rel: "noopener" })
  else item.type = "button"
  item.addEventListener("click", () => {
    box.remove()
    run?.()
  })
  return item
}

function closer() {
  const button = document.createElement("button")
  button.type = "button"
  button.className = "toast-close"
  button.dataset.toastClose = ""
  button.setAttribute("aria-label", say("close"))
  button.append(iconOf("x"))
  return button
}

function settle(box) {
  if (!box.matches?.(".toast")) return
  if (box.dataset.tone === "danger") return box.setAttribute("role", "alert")
  let timer
  const start = () => (timer = setTimeout(() => box.remove(), STAY))
  for (const name of ["pointerenter", "focusin"]) box.addEventListener(name, () => clearTimeout(timer))
  for (const name of ["pointerleave", "focusout"]) box.addEventListener(name, start)
  start()
}

export function startToasts() {
  if (!place()) return
  place().querySelectorAll(".toast").forEach(settle)
  new MutationObserver((changes) => changes.forEach((change) => change.addedNodes.forEach(settle))).observe(place(), { childList: true })
  document.addEventListener("click", (event) => event.target.closest?.("[data-toast-close]")?.closest(".toast").remove())
}
