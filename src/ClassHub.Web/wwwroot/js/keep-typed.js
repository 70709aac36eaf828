// Carries what was typed and chosen from one copy of a form to the next.
const chosen = /radio|checkbox/, skipped = /hidden|submit|button|reset|fieldset|output/

function mark(field) {
  return [field.name, field.type, chosen.test(field.type) ? field.value : ""].join("|")
}

export function keepTyped(from, to) {
  const seen = {}
  for (const old of from.elements) {
    if (!old.name || skipped.test(old.type)) continue
    const nth = seen[mark(old)] = (seen[mark(old)] || 0) + 1
    const field = [...to.elements].filter(one => mark(one) === mark(old))[nth - 1]
    if (!field) continue
    // What the server has kept already stands in the new form by itself.
    if (old.type === "file") { if (!to.querySelector("input[name='Form.Keep'], input[name=Uploads]")) field.files = old.files }
    else if (chosen.test(old.type)) field.checked = old.checked
    else field.value = old.value
  }
}
