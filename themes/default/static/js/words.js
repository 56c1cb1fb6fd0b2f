// Words come from the server in the language of the page; the script owns none.
const words = JSON.parse(document.body.dataset.words || "{}")

export const say = (key, given = {}) =>
  (words[key] || key).replace(/\{(\w+)\}/g, (_, name) => given[name] ?? "")

export const language = document.documentElement.lang || "ru"

let timer
export function announce(text) {
  const place = document.getElementById("said")
  if (!place) return
  place.textContent = ""
  clearTimeout(timer)
  timer = setTimeout(() => (place.textContent = text), 60)
}
