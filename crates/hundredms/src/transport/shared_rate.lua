-- Reserve times at which a process sends requests. One call reserves many. Times are in microseconds, by the clock of Redis.
local state, processes = KEYS[1], KEYS[2]
local process, wanted, most = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local whole = function(number) return string.format('%.0f', number) end

redis.call('ZADD', processes, whole(now), process)
redis.call('ZREMRANGEBYSCORE', processes, '-inf', whole(now - 3000000))
local count = redis.call('ZCARD', processes)

local kept = redis.call('HMGET', state, 'next', 'pause', 'slowed', 'rate', 'over', 'since', 'granted', 'found', 'hold')
local following, pause = tonumber(kept[1]) or 0, tonumber(kept[2]) or 0
local slowed, lower, over = tonumber(kept[3]), tonumber(kept[4]), tonumber(kept[5])
local since, granted_since = tonumber(kept[6]), tonumber(kept[7]) or 0
-- The rate after the last refusal that showed what the service accepts, and for how long it holds.
local found, hold = tonumber(kept[8]), tonumber(kept[9])
local exact = function(number) return string.format('%.17g', number) end

-- A lowered rate holds. Then it grows once in the time over which the service counts, at most to twice what was granted in that time.
local rate = most
if lower then
  rate = lower
  if now >= since + over then
    local risen = lower * 2
    if found then risen = lower < found and math.min(risen, found) or lower * 1.01 end
    rate = math.max(lower, math.min(risen, 2000000 * granted_since / (now - since), 1000000))
    since, granted_since = now, 0
    redis.call('HSET', state, 'rate', exact(rate), 'since', whole(since), 'granted', 0)
  end
  if most > 0 and rate >= most then
    redis.call('HDEL', state, 'slowed', 'rate', 'over', 'since', 'granted', 'found', 'hold')
    lower, rate = nil, most
  end
end

-- A refusal: the pause that the service asks for, what it accepted of this process per second, and the age of the request.
if ARGV[4] then
  local asked, accepted, age = tonumber(ARGV[4]), tonumber(ARGV[5]) * count, tonumber(ARGV[6])
  pause = math.max(pause, now + asked)
  redis.call('HSET', state, 'pause', whole(pause))
  if not lower or now - age > slowed then
    -- The service counts over a second, or over the pause that it asks for.
    over = math.min(math.max(asked, 1000000), 60000000)
    -- What the processes continue with if it accepted fewer.
    local enough = rate > 0 and rate / 2 or 10000000 / over
    local known = accepted >= enough
    local lowered = known and accepted * 0.99 or enough
    -- Again within 10 seconds: the requests arrive less evenly than was left room for.
    local often = slowed and now - slowed < 10000000
    if rate > 0 then lowered = math.min(lowered, rate * (often and 0.95 or 0.99)) end
    -- One per second, or the user's limit if that is lower.
    lowered = math.max(lowered, most > 0 and math.min(1, most) or 1)
    local grows = pause + over
    if known then
      hold = found and lowered > found * 0.9 and lowered < found * 1.1 and math.min(hold * 2, 320000000) or 20000000
      found = lowered
      grows = math.max(grows, now + hold)
      redis.call('HSET', state, 'found', exact(found), 'hold', whole(hold))
    end
    since, granted_since, lower, rate = grows - over, 0, lowered, lowered
    redis.call('HSET', state, 'slowed', whole(now), 'rate', exact(rate), 'over', whole(over), 'since', whole(since), 'granted', 0)
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
  if lower and now >= since then redis.call('HINCRBY', state, 'granted', whole(granted)) end
end
redis.call('PEXPIRE', state, '900000')
redis.call('PEXPIRE', processes, '10000')
-- 0 is no limit.
local millionths = rate > 0 and math.max(1, rate * 1000000) or 0
return {granted, whole(start - now), whole(interval * 1000), count, whole(millionths), whole(math.max(0, pause - now))}
