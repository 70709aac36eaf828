using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ClassHub.Load.Driving;

/// <summary>Seconds of processor that the program, this driver, and everyone together have had.</summary>
public sealed record Machine(double Program, double Self, double Busy)
{
    private const double Ticks = 100;      // USER_HZ, the unit of /proc on every Linux

    public static Machine Look(int processId) => new(Of(processId), Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds, Everyone());

    public static double Of(int processId)
    {
        var fields = File.ReadAllText($"/proc/{processId}/stat");
        var after = fields[(fields.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(after[11]) + long.Parse(after[12])) / Ticks;
    }

    private static double Everyone()
    {
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(long.Parse).ToArray();
        return (fields[..8].Sum() - fields[3] - fields[4]) / Ticks;
    }

    public static string InWords()
    {
        var processor = File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "unknown";
        return $"{Environment.ProcessorCount} cores ({processor}), {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9:0} GB memory, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription.Split('\n')[0]}, {DateTime.UtcNow:d MMMM yyyy}";
    }
}
