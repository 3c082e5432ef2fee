/**
 * Code to read and copy: samples for submissions, JSON of an answer.
 *
 *     <CodeBlock code={text} language="json" />
 *     <CodeTabs samples={[{ label: 'cURL', language: 'bash', code }, …]} />
 *
 * Languages: json, bash, javascript, python, java, sql.
 */
import {
  CodeHighlight,
  CodeHighlightAdapterProvider,
  CodeHighlightTabs,
  createHighlightJsAdapter,
} from '@mantine/code-highlight'
import hljs from 'highlight.js/lib/core'
import bash from 'highlight.js/lib/languages/bash'
import java from 'highlight.js/lib/languages/java'
import javascript from 'highlight.js/lib/languages/javascript'
import json from 'highlight.js/lib/languages/json'
import python from 'highlight.js/lib/languages/python'
import sql from 'highlight.js/lib/languages/sql'
import '@mantine/code-highlight/styles.layer.css'
import classes from './code-block.module.css'

for (const [name, language] of Object.entries({ bash, java, javascript, json, python, sql }))
  hljs.registerLanguage(name, language)

const adapter = createHighlightJsAdapter(hljs)

export type Language = 'json' | 'bash' | 'javascript' | 'python' | 'java' | 'sql'
type Sample = { label: string; language: Language; code: string }

export function CodeBlock({
  code,
  language,
  maxHeight = 420,
}: {
  code: string
  language: Language
  maxHeight?: number
}) {
  return (
    <CodeHighlightAdapterProvider adapter={adapter}>
      <CodeHighlight
        className={classes.block ?? ''}
        code={code}
        language={language}
        copyLabel="Copy"
        copiedLabel="Copied"
        withExpandButton={code.split('\n').length * 19 > maxHeight}
        maxCollapsedHeight={maxHeight}
        defaultExpanded={code.split('\n').length * 19 <= maxHeight}
      />
    </CodeHighlightAdapterProvider>
  )
}

export function CodeTabs({ samples }: { samples: Sample[] }) {
  return (
    <CodeHighlightAdapterProvider adapter={adapter}>
      <CodeHighlightTabs
        className={classes.block ?? ''}
        copyLabel="Copy"
        copiedLabel="Copied"
        code={samples.map(({ label, language, code }) => ({ fileName: label, language, code }))}
      />
    </CodeHighlightAdapterProvider>
  )
}
