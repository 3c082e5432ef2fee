import { expect, test } from 'vitest'
import { csvFile, csvText } from './csv.ts'

test.each([
  ['plain text', 'Alder', 'Alder'],
  ['nothing', null, ''],
  ['a flag', false, 'false'],
  ['a comma', 'Alder, Inc.', '"Alder, Inc."'],
  ['quotes', 'the "old" one', '"the ""old"" one"'],
  ['a line break', 'one\ntwo', '"one\ntwo"'],
  ['space around it', ' Alder', '" Alder"'],
  ['a tiny number', 1e-7, '0.0000001'],
  [
    'an amount with more digits than a double holds',
    '0.12345678901234567890',
    '0.12345678901234567890',
  ],
  ['a negative amount', '-12.50', '-12.50'],
  ['a negative number', -12.5, '-12.5'],
  ['a formula', '=HYPERLINK("http://evil")', `"'=HYPERLINK(""http://evil"")"`],
  ['a formula that begins with a sign', '-1+cmd', "'-1+cmd"],
  ['a plus', '+49 30 1234', "'+49 30 1234"],
  ['an at', '@SUM(A1)', "'@SUM(A1)"],
  ['a tab', '\t=1', "'\t=1"],
  ['a wide equals sign', '＝1', "'＝1"],
])('a cell with %s', (_, value, expected) => {
  expect(csvText([[value]])).toBe(`${expected}\r\n`)
})

test('rows end with CRLF, the last one too', () => {
  expect(
    csvText([
      ['a', 'b'],
      ['c', 'd'],
    ]),
  ).toBe('a,b\r\nc,d\r\n')
})

test('a file with letters beyond ASCII says its encoding, one without stays bare', () => {
  expect(csvFile(['Name\r\n', 'Zürich\r\n'])[0]).toBe('\uFEFF')
  expect(csvFile(['Name\r\n', 'Zurich\r\n'])).toEqual(['Name\r\n', 'Zurich\r\n'])
})
