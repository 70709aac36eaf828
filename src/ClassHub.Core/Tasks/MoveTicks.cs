using ClassHub.Database;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Tasks;

/// <summary>When the steps of a task are edited, a pupil's ticks go with the words they stood at.</summary>
internal static class MoveTicks
{
    /// <summary>Inside the caller's WriteAsync.</summary>
    public static async Task MoveTicksAsync(this ClassHubDb db, int taskId, IReadOnlyList<string> before, IReadOnlyList<string> after, CancellationToken stop)
    {
        if (before.SequenceEqual(after)) return;
        var moved = Moved(before, after);
        foreach (var ticks in (await db.StepTicks.Where(t => t.TaskId == taskId).ToListAsync(stop)).GroupBy(t => t.PupilId))
        {
            var wanted = ticks.Where(t => moved.ContainsKey(t.Step)).ToDictionary(t => moved[t.Step], t => t.At);
            db.StepTicks.RemoveRange(ticks.Where(t => !wanted.ContainsKey(t.Step)));
            foreach (var (step, at) in wanted.Where(w => ticks.All(t => t.Step != w.Key))) db.StepTicks.Add(new StepTick(taskId, ticks.Key, step, at));
        }
    }

    /// <summary>Where each old step is now: first those with the same words, then those that share most of them; what shares too few is gone.</summary>
    public static IReadOnlyDictionary<int, int> Moved(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        var moved = new Dictionary<int, int>();
        var free = Enumerable.Range(0, after.Count).ToHashSet();
        Pair((was, now) => was == now ? 1 : 0);
        Pair(Likeness);
        return moved;

        void Pair(Func<string, string, double> likeness)
        {
            var pairs = from old in Enumerable.Range(0, before.Count)
                        where !moved.ContainsKey(old)
                        from now in free
                        let like = likeness(before[old], after[now])
                        where like >= 0.5
                        orderby like descending, Math.Abs(old - now), old
                        select (old, now);
            foreach (var (old, now) in pairs.ToList()) if (!moved.ContainsKey(old) && free.Remove(now)) moved[old] = now;
        }
    }

    /// <summary>The share of words that both have, from 0 to 1.</summary>
    private static double Likeness(string was, string now)
    {
        var (old, others) = (Words(was), Words(now));
        return old.Count + others.Count == 0 ? 0 : 2.0 * old.Count(others.Remove) / (old.Count + Words(now).Count);
    }

    private static List<string> Words(string text) =>
        [.. text.ToUpperInvariant().Split([' ', ',', '.', ';', ':', '!', '?', '*', '_'], StringSplitOptions.RemoveEmptyEntries)];
}
