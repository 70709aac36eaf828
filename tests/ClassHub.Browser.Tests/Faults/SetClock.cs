namespace ClassHub.Browser.Tests.Faults;

/// <summary>The system's clock as one process sees it, to be set while that runs; the one that only counts stays as it is. Needs the package faketime.</summary>
public sealed class SetClock : IDisposable
{
    private readonly string file = Path.GetTempFileName();

    public SetClock() => SetRight();

    public static string? Library { get; } = Directory.Exists("/usr/lib") ? Directory.GetDirectories("/usr/lib", "*-linux-*").Select(folder => folder + "/faketime/libfaketimeMT.so.1").FirstOrDefault(File.Exists) : null;

    /// <summary>What the process must be started with.</summary>
    public IEnumerable<KeyValuePair<string, string>> Settings =>
    [
        new("LD_PRELOAD", Library!), new("FAKETIME_TIMESTAMP_FILE", file), new("FAKETIME_CACHE_DURATION", "1"), new("FAKETIME_DONT_FAKE_MONOTONIC", "1"), new("DONT_FAKE_MONOTONIC", "1"), new("NO_FAKE_STAT", "1"),
    ];

    /// <summary>"+1h", "-1d", "@2100-01-01 00:00:00"; it is seen within a second.</summary>
    public void SetTo(string time)
    {
        var next = file + ".next";
        File.WriteAllText(next, time + "\n");
        File.Move(next, file, overwrite: true);
    }

    public void SetRight() => SetTo("+0");

    public void Dispose() => File.Delete(file);
}
