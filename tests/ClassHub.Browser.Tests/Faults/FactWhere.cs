using System.ComponentModel;
using System.Diagnostics;

namespace ClassHub.Browser.Tests.Faults;

public enum Needs { SmallDisks, LoopDisks, Tracing, SetClocks, Postgres }

/// <summary>A trial that needs more of the machine than tests usually may; where that is forbidden it is skipped and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FactWhereAttribute(Needs needs) : FactAttribute
{
    private static readonly Dictionary<Needs, Lazy<string?>> Missing = new()
    {
        [Needs.SmallDisks] = new(() => Try("A small disk cannot be mounted here", () => Disk.SmallAsync(1))),
        [Needs.LoopDisks] = new(() => Try("A disk inside a file cannot be mounted here", () => LoopDisk.NewAsync(8))),
        [Needs.Tracing] = new(() => Try("The calls of another process cannot be made to fail here", FailingCalls.OfSomethingAsync)),
        [Needs.SetClocks] = new(() => !WhenThingsBreak.IsThorough ? "It takes minutes, so it runs in tests/run faults alone." : SetClock.Library is null
            ? "The clock of a process cannot be set here: install the packages gcc and libc6-dev." : null),
        [Needs.Postgres] = new(() => PostgresDatabase.Server is null ? "There is no PostgreSQL: tests/run starts one and says where." : null),
    };

    public override string? Skip => Missing[needs].Value;

    private static string? Try<T>(string sentence, Func<Task<T>> work) where T : IAsyncDisposable
    {
        try
        {
            Task.Run(async () => await (await work()).DisposeAsync()).GetAwaiter().GetResult();
            return null;
        }
        catch (Exception problem) when (problem is InvalidOperationException or Win32Exception or IOException or UnauthorizedAccessException) { return $"{sentence}: {problem.Message}"; }
    }
}
