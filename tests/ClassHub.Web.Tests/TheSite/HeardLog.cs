using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace ClassHub.Web.Tests;

/// <summary>What stands in the log, in the volume that the program comes with.</summary>
public sealed class HeardLog : ILoggerProvider
{
    private readonly ConcurrentQueue<string> lines = new();

    public IReadOnlyList<string> Lines => [.. lines];
    public void Forget() => lines.Clear();

    public ILoggerFactory Factory() => LoggerFactory.Create(log => log.AddProvider(this)
        .AddConfiguration(new ConfigurationBuilder().AddJsonFile(Repository.PathOf("src/ClassHub.Web/appsettings.json")).Build().GetSection("Logging")));

    public ILogger CreateLogger(string categoryName) => new Of(this, categoryName);
    public void Dispose() { }

    private sealed class Of(HeardLog heard, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => true;
        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            heard.lines.Enqueue($"{logLevel} {category}: {formatter(state, exception)}{(exception is null ? "" : "\n" + exception)}");
    }
}
