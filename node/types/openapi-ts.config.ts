import { defineConfig } from '@hey-api/openapi-ts'

export default defineConfig({
  input: './docs/openapi.json',
  output: { path: './node/types/src', importFileExtension: '.js' },
  plugins: ['@hey-api/typescript', { name: 'zod', exportFromIndex: true }],
})
