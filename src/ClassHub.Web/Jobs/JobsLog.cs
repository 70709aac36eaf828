using ClassHub.Web.Access;
using Hangfire.Logging;

namespace ClassHub.Web.Jobs;

/// <summary>What Hangfire says stands in the log of the program; that the database is away is said once for all.</summary>
internal sealed class JobsLog(ILoggerFactory logs, DatabaseWord word) : ILogProvider
{
    public ILog GetLogger(string name) => new Of(logs.CreateLogger(name), word);

    private sealed class Of(ILogger log, DatabaseWord word) : ILog
    {
        /// <summary>Both count their levels from the quietest up.</summary>
        public bool Log(Hangfire.Logging.LogLevel logLevel, Func<string>? messageFunc, Exception? exception = null)
        {
            var level = (Microsoft.Extensions.Logging.LogLevel)(int)logLevel;
            if (messageFunc is null) return log.IsEnabled(level);
            if (exception is null || !word.Says(exception)) log.Log(level, exception, "{Words}", messageFunc());
            return true;
        }
    }
}
