using System.Diagnostics;

namespace ClassHub.Load.Driving;

/// <summary>What one case did at one number of connections.</summary>
public sealed record Measured(int Connections, double ASecond, double P50, double P99, double CpuMicroseconds, double Bytes, double Others, int Wrong);

public static class Measure
{
    /// <summary>Each connection is a thread that asks as fast as it is answered. <paramref name="next"/> gives the request of this connection at this turn.</summary>
    public static Measured Run(int port, int processId, int connections, double warmSeconds, double seconds, int expected, Func<int, int, byte[]> next)
    {
        var (phase, turns) = (0, new List<long>[connections]);
        var bytes = new long[connections];
        var wrong = new int[connections];
        Exception? failed = null;
        var threads = Enumerable.Range(0, connections).Select(c => new Thread(() =>
        {
            try
            {
                using var connection = new Connection(port);
                var times = turns[c] = new List<long>(100_000);
                for (var turn = 0; Volatile.Read(ref phase) < 2; turn++)
                {
                    var request = next(c, turn);
                    var start = Stopwatch.GetTimestamp();
                    var (status, size) = connection.Ask(request);
                    if (Volatile.Read(ref phase) != 1) continue;
                    times.Add(Stopwatch.GetTimestamp() - start);
                    bytes[c] += size;
                    if (status != expected) wrong[c]++;
                }
            }
            catch (Exception problem) { failed ??= problem; }
        })
        { IsBackground = true }).ToList();
        threads.ForEach(t => t.Start());
        Thread.Sleep(TimeSpan.FromSeconds(warmSeconds));
        var before = Machine.Look(processId);
        Volatile.Write(ref phase, 1);
        var began = Stopwatch.GetTimestamp();
        Thread.Sleep(TimeSpan.FromSeconds(seconds));
        Volatile.Write(ref phase, 2);
        var took = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var after = Machine.Look(processId);
        threads.ForEach(t => t.Join());
        if (failed is not null) throw new InvalidOperationException("A connection failed.", failed);

        var all = turns.SelectMany(t => t).Order().ToArray();
        double At(double share) => all.Length == 0 ? 0 : all[Math.Min(all.Length - 1, (int)(all.Length * share))] * 1000.0 / Stopwatch.Frequency;
        return new(connections, all.Length / took, At(0.5), At(0.99), (after.Program - before.Program) * 1e6 / Math.Max(1, all.Length), bytes.Sum() / (double)Math.Max(1, all.Length),
            Math.Max(0, (after.Busy - before.Busy) - (after.Program - before.Program) - (after.Self - before.Self)) / (took * Environment.ProcessorCount), wrong.Sum());
    }
}
