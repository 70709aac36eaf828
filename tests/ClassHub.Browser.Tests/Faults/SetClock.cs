using System.Diagnostics;
using System.Globalization;

namespace ClassHub.Browser.Tests.Faults;

/// <summary>The system's clock as one process sees it, to be set while that runs. The clock that only counts, and every wait, stays as it is: Debian's faketime
/// ends the waits of .NET at once, so this is a library of our own, made by the C compiler when it is first asked for.</summary>
public sealed class SetClock : IDisposable
{
    private static readonly Lazy<string?> Made = new(Make);
    private readonly string file = Path.GetTempFileName();

    public SetClock() => SetRight();

    /// <summary>None where there is no C compiler.</summary>
    public static string? Library => Made.Value;

    /// <summary>What the process must be started with.</summary>
    public IEnumerable<KeyValuePair<string, string>> Settings => [new("LD_PRELOAD", Library!), new("SET_CLOCK", file)];

    /// <summary>Off by so much; it is seen within a second.</summary>
    public void SetTo(TimeSpan off)
    {
        var next = file + ".next";
        File.WriteAllText(next, ((long)off.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        File.Move(next, file, overwrite: true);
    }

    public void SetRight() => SetTo(TimeSpan.Zero);

    private static string? Make()
    {
        var library = Path.Combine(Path.GetTempPath(), $"classhub-set-clock-{Environment.ProcessId}.so");
        try
        {
            using var compiler = Process.Start(new ProcessStartInfo("gcc",
                ["-shared", "-fPIC", "-O2", "-o", library, Repository.PathOf("tests/ClassHub.Browser.Tests/Faults/set-clock.c")]));
            compiler!.WaitForExit();
            AppDomain.CurrentDomain.ProcessExit += (_, _) => File.Delete(library);
            return compiler.ExitCode == 0 ? library : null;
        }
        catch (System.ComponentModel.Win32Exception) { return null; }
    }

    public void Dispose() => File.Delete(file);
}
