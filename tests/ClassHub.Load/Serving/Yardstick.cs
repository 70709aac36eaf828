using System.Diagnostics;
using ClassHub.Load.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

[assembly: HostingStartup(typeof(Yardstick))]

namespace ClassHub.Load.Serving;

/// <summary>What the load program brings into the published program: the empty page, and in the counting run a header that says how many statements a request sent.</summary>
public sealed class Yardstick : IHostingStartup
{
    public const string StatementsHeader = "X-Statements", CountingInto = "LOAD_STATEMENTS_INTO";

    public void Configure(IWebHostBuilder builder) => builder.ConfigureServices(services =>
    {
        services.AddRazorPages().AddApplicationPart(typeof(Yardstick).Assembly);
        if (Environment.GetEnvironmentVariable(CountingInto) is { Length: > 0 } file) services.AddSingleton<IStartupFilter>(new CountingStatements(file));
    });
}

/// <summary>Counts and writes down the statements of each request, as EF Core sends them.</summary>
internal sealed class CountingStatements(string file) : IStartupFilter, IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private sealed class Counter { public int Statements; }

    private static readonly AsyncLocal<Counter?> OfRequest = new();

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        DiagnosticListener.AllListeners.Subscribe(this);
        app.Use((context, go) =>
        {
            var counter = OfRequest.Value = new Counter();
            File.AppendAllText(file, $"\f{context.Request.Method} {context.Request.Path}");
            context.Response.OnStarting(() =>
            {
                context.Response.Headers[Yardstick.StatementsHeader] = counter.Statements.ToString(System.Globalization.CultureInfo.InvariantCulture);
                return Task.CompletedTask;
            });
            return go(context);
        });
        next(app);
    };

    public void OnNext(DiagnosticListener listener)
    {
        if (listener.Name == DbLoggerCategory.Name) listener.Subscribe(this);
    }

    public void OnNext(KeyValuePair<string, object?> seen)
    {
        if (seen.Value is not CommandExecutedEventData sent || OfRequest.Value is not { } counter) return;
        Interlocked.Increment(ref counter.Statements);
        File.AppendAllText(file, $"\v-- {sent.Duration.TotalMilliseconds:0.00} ms\n{sent.Command.CommandText}");
    }

    public void OnCompleted() { }
    public void OnError(Exception error) { }

    private static class DbLoggerCategory { public const string Name = "Microsoft.EntityFrameworkCore"; }
}
