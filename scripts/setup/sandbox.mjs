/** Chromium's sandbox on Linux needs user namespaces, or else its helper program owned by root. Some systems bar the first. */
import { readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { say } from './project.mjs'

const SETUID = 0o4000

/** Says the one command that lets the sandbox work where this system bars it. The sandbox is never switched off for a user. */
export function warnOfBarredSandbox(executablePath) {
  if (process.platform !== 'linux' || process.getuid?.() === 0 || !namespacesBarred()) return
  const helper = join(dirname(executablePath), 'chrome-sandbox')
  const stat = statSync(helper, { throwIfNoEntry: false })
  if (stat && stat.uid === 0 && (stat.mode & SETUID) !== 0) return
  say(`This system bars user namespaces, which Electron's sandbox stands on. If the studio does not open, this one command helps:\n  sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'`)
}

function namespacesBarred() {
  return setting('kernel/unprivileged_userns_clone') === '0' || setting('kernel/apparmor_restrict_unprivileged_userns') === '1' || setting('user/max_user_namespaces') === '0'
}

function setting(name) {
  try {
    return readFileSync(join('/proc/sys', name), 'utf8').trim()
  } catch {
    return null
  }
}
