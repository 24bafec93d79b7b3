import type { NewUserField } from './new-user.js'

/** What the registration form has for a field that only this app knows. */
export function printInput(field: NewUserField): string {
  if (field.values.length > 0) return printSelect(field)

  return field.type === 'Boolean' ? printCheckbox(field) : printText(field)
}

const TYPES: ReadonlyMap<string, string> = new Map([
  ['Int', 'number'],
  ['DateTime', 'date'],
])

function printText({ name, type }: NewUserField): string {
  const [shown, autocomplete] = USUAL.get(name.replaceAll('_', '').toLowerCase()) ?? ['text', 'on']

  return `<%- include('field', {
  name: '${name}',
  label: '${toLabel(name)}',
  type: '${TYPES.get(type) ?? shown}',
  autocomplete: '${autocomplete}',
}) %>`
}

/** What browsers fill in by themselves. */
const USUAL: ReadonlyMap<string, readonly [type: string, autocomplete: string]> = new Map([
  ['name', ['text', 'name']],
  ['fullname', ['text', 'name']],
  ['firstname', ['text', 'given-name']],
  ['lastname', ['text', 'family-name']],
  ['nickname', ['text', 'nickname']],
  ['username', ['text', 'nickname']],
  ['phone', ['tel', 'tel']],
  ['phonenumber', ['tel', 'tel']],
])

function printSelect({ name, values }: NewUserField): string {
  return `<div class="field">
  <label for="${name}">${toLabel(name)}</label>
${printErrors(name)}
  <select id="${name}" name="${name}" required>
    <option value=""></option>
    <% for (const value of [${values.map((value) => `'${value}'`).join(', ')}]) { %>
      <option <% if (form.${name} === value) { %>selected<% } %>><%= value %></option>
    <% } %>
  </select>
</div>`
}

function printCheckbox({ name }: NewUserField): string {
  return `<label class="checkbox">
  <input type="checkbox" name="${name}" value="on" <% if (form.${name}) { %>checked<% } %>>
  ${toLabel(name)}
</label>`
}

function printErrors(name: string): string {
  return `  <% if (errors.${name}) { %>
    <p class="error"><%= errors.${name}.join(' ') %></p>
  <% } %>`
}

// `displayName` and `display_name` read as "Display name".
export function toLabel(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase()

  return words.charAt(0).toUpperCase() + words.slice(1)
}
