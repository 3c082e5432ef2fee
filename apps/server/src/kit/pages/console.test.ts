import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fastify, { type FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addSecurityHeaders } from '../http/security.ts'
import { addConsole } from './console.ts'

let folder: string
let app: FastifyInstance

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'console-'))
  await mkdir(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), 'first')
  writeFileSync(join(folder, 'assets/page-1.js'), 'first page')
  app = fastify()
  await addSecurityHeaders(app, { baseUrl: 'http://localhost' })
  await addConsole(app, folder)
})
afterEach(async () => {
  await app.close()
  rmSync(folder, { recursive: true })
})

describe('a running server', () => {
  it('serves the Console that was built meanwhile, and no longer the one before', async () => {
    await app.ready()
    rmSync(join(folder, 'assets/page-1.js'))
    writeFileSync(join(folder, 'assets/page-2.js'), 'second page')
    writeFileSync(join(folder, 'index.html'), 'second')

    expect((await app.inject('/')).body).toBe('second')
    expect(await app.inject('/assets/page-2.js')).toMatchObject({
      statusCode: 200,
      body: 'second page',
    })
    expect((await app.inject('/assets/page-1.js')).statusCode).toBe(404)
  })

  it('lets browsers keep what is named by its content, and ask again for the page', async () => {
    const page = await app.inject('/')
    const script = await app.inject('/assets/page-1.js')

    expect(page.headers['cache-control']).toBe('no-cache')
    expect(script.headers['cache-control']).toBe('public, max-age=31536000, immutable')
  })

  it('says with the page what it may do, and not again with each of its parts', async () => {
    const page = await app.inject('/')
    const script = await app.inject('/assets/page-1.js')

    expect(page.headers['content-security-policy']).toContain("default-src 'self'")
    expect(script.headers['content-security-policy']).toBeUndefined()
    expect(script.headers['x-content-type-options']).toBe('nosniff')
  })

  it('hands out nothing beside its folder', async () => {
    expect((await app.inject('/assets/..%2Findex.html')).statusCode).not.toBe(200)
    expect((await app.inject('/assets/%2e%2e/%2e%2e/package.json')).statusCode).toBe(404)
  })
})
