// Signs a management token, and keeps it until a minute before it expires.
const now = Math.floor(Date.now() / 1000)
const accessKey = pm.variables.get('APP_ACCESS_KEY')
const secret = pm.variables.get('APP_SECRET')
if (!accessKey || !secret) throw new Error('set APP_ACCESS_KEY and APP_SECRET in the variables of the collection')
const kept = pm.collectionVariables.get('TOKEN_OF')
const [keptKey, expires] = kept ? JSON.parse(kept) : []
if (keptKey !== accessKey || expires < now + 60) {
  const CryptoJS = require('crypto-js')
  const encoded = (words) => CryptoJS.enc.Base64.stringify(words).replace(/=+$/, '').replace(/\+/g, '-').replace(/\//g, '_')
  const part = (value) => encoded(CryptoJS.enc.Utf8.parse(JSON.stringify(value)))
  const claims = {
    access_key: accessKey,
    type: 'management',
    version: 2,
    jti: require('uuid').v4(),
    iat: now,
    nbf: now,
    exp: now + 86400,
  }
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`
  pm.collectionVariables.set('TOKEN', `${signed}.${encoded(CryptoJS.HmacSHA256(signed, secret))}`)
  pm.collectionVariables.set('TOKEN_OF', JSON.stringify([accessKey, claims.exp]))
}

// The last day, for requests that need a period.
const time = (seconds) => new Date(seconds * 1000).toISOString()
if (!pm.variables.get('start_time')) pm.variables.set('start_time', time(now - 86400))
if (!pm.variables.get('end_time')) pm.variables.set('end_time', time(now))
