import { expect, test } from 'vitest'

import { fillForm } from './form.js'

const PAGE = `
  <input id="name" name="name" type="text">
  <input
    id="born"
    name="born"
    type="date"
  >
  <input id="age" name="age" type="number">
  <input type="checkbox" name="agreed" value="on">
  <select id="size" name="size" required>
    <option value=""></option>
    <option >SMALL</option>
    <option >LARGE</option>
  </select>`

test('a form is filled in by the kind of each field', () => {
  expect(fillForm(PAGE, ['name', 'born', 'age', 'agreed', 'size'])).toEqual({
    name: 'Ada',
    born: '2000-01-01',
    age: '1',
    agreed: 'on',
    size: 'SMALL',
  })
})

test('a field that the page does not have is filled in as text', () => {
  expect(fillForm(PAGE, ['other'])).toEqual({ other: 'Ada' })
})
