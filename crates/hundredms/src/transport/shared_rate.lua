-- Reserve times at which a process sends requests. One call reserves many. Times are in microseconds, by the clock of Redis.
local state, processes = KEYS[1], KEYS[2]
local process, wanted, most = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local whole = function(number) return string.format('%.0f', number) end

redis.call('ZADD', processes, whole(now), process)
redis.call('ZREMRANGEBYSCORE', processes, '-inf', whole(now - 3000000))
local count = redis.call('ZCARD', processes)

local kept = redis.call('HMGET', state, 'next', 'pause', 'slowed', 'rate', 'growth', 'hold')
local following, pause = tonumber(kept[1]) or 0, tonumber(kept[2]) or 0
local slowed, base = tonumber(kept[3]), tonumber(kept[4])
local growth, hold = tonumber(kept[5]) or 1, tonumber(kept[6]) or 0

-- A lowered rate holds, then grows.
local rate = most
if base then
  local grown = math.min(math.max(0, (now - slowed - hold) / 1000000), 3600)
  local risen = math.min(base * growth ^ grown, 1000000)
  if most > 0 and risen >= most then
    redis.call('HDEL', state, 'slowed', 'rate', 'growth', 'hold')
    base = nil
  else
    rate = risen
  end
end

-- A refusal: the pause that the service asks for, what it accepted of this process per second, and the age of the request.
if ARGV[4] then
  local asked, accepted, age = tonumber(ARGV[4]), tonumber(ARGV[5]) * count, tonumber(ARGV[6])
  pause = math.max(pause, now + asked)
  redis.call('HSET', state, 'pause', whole(pause))
  if not base or now - age >= slowed then
    local known = rate <= 0 and accepted >= 10 or rate > 0 and accepted >= rate / 2
    -- The service counts over a second, or over the pause that it asks for.
    local over = math.min(math.max(asked, 1000000), 60000000)
    local lowered = rate / 2
    if known then
      lowered = accepted * 0.99
    elseif rate <= 0 then
      lowered = math.max(accepted * 0.99, 10000000 / over)
    end
    -- Again within 10 seconds: the requests arrive less evenly than was left room for.
    local often = slowed and now - slowed < 10000000
    if rate > 0 then lowered = math.min(lowered, rate * (often and 0.95 or 0.99)) end
    local longer = 20000000
    if known and base and growth == 1.01 and lowered > base * 0.9 then longer = math.min(hold * 2, 320000000) end
    -- One per second, or the user's limit if that is lower.
    lowered = math.max(lowered, most > 0 and math.min(1, most) or 1)
    redis.call('HSET', state, 'slowed', whole(now), 'rate', string.format('%.17g', lowered),
      'growth', known and '1.01' or string.format('%.17g', 2 ^ (1000000 / over)), 'hold', whole(known and longer or over))
    rate = lowered
  end
end

local start = math.max(now, following, pause)
-- A month at most.
local interval = rate > 0 and math.min(1000000 / rate, 2.6e12) or 0
local granted = 0
if wanted > 0 and (start < now + 1000000 or pause > now) then
  -- A tenth of a second, divided by the processes.
  granted = wanted
  if rate > 0 then granted = math.min(wanted, math.max(1, math.floor(rate / 10 / count))) end
  redis.call('HSET', state, 'next', whole(start + granted * interval))
end
redis.call('PEXPIRE', state, '900000')
redis.call('PEXPIRE', processes, '10000')
-- 0 is no limit.
local millionths = rate > 0 and math.max(1, rate * 1000000) or 0
return {granted, whole(start - now), whole(interval * 1000), count, whole(millionths), whole(math.max(0, pause - now))}
