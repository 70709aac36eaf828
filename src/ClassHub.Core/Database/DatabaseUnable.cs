using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ClassHub.Database;

/// <summary>The database did not answer although nothing is wrong with what was asked: the page answers 503 or 507 and shows again what was sent, the log has
/// one line for the technician.</summary>
/// <param name="sentence">For the person.</param>
/// <param name="advice">What a technician must do.</param>
public abstract class DatabaseUnable(string sentence, string advice, Exception? cause) : Exception(sentence, cause)
{
    private const int Busy = 5, Locked = 6, ReadOnly = 8, InOut = 10, Full = 13, CannotOpen = 14;

    public string Advice { get; } = advice;

    /// <summary>What lies behind this problem; none when it is something else, a mistake of ours perhaps.</summary>
    public static DatabaseUnable? Behind(Exception? problem)
    {
        // Whoever asked has gone: that is nobody's trouble. And what was not confirmed was not refused either.
        for (var cause = problem; cause is not null and not OperationCanceledException and not UnconfirmedWrite; cause = cause.InnerException)
            if ((cause as DatabaseUnable ?? Told(cause)) is { } told) return told;
        return null;
    }

    private static DatabaseUnable? Told(Exception cause) => cause switch
    {
        SqliteException sqlite => Told(sqlite),
        PostgresException postgres => Told(postgres),
        // The pool gave no connection in time, or a command took too long.
        NpgsqlException { InnerException: TimeoutException } => new BusyDatabase(cause),
        NpgsqlException { IsTransient: true } or NpgsqlException { InnerException: IOException or System.Net.Sockets.SocketException } =>
            new LostDatabase(cause),
        DbUpdateConcurrencyException => new BusyDatabase(cause),
        _ => null,
    };

    private static DatabaseUnable? Told(SqliteException problem) => problem.SqliteErrorCode switch
    {
        Busy or Locked => new BusyDatabase(problem),
        Full => new FullDisk(problem),
        ReadOnly or InOut or CannotOpen => new LostDatabase(problem),
        _ => null,
    };

    private static DatabaseUnable? Told(PostgresException problem) => problem.SqlState switch
    {
        PostgresErrorCodes.DiskFull => new FullDisk(problem),
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.LockNotAvailable
            or PostgresErrorCodes.QueryCanceled
            or PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.OutOfMemory or PostgresErrorCodes.ConfigurationLimitExceeded =>
                new BusyDatabase(problem),
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.DatabaseDropped
            or PostgresErrorCodes.InvalidCatalogName
            or PostgresErrorCodes.ObjectNotInPrerequisiteState or PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.InvalidPassword
                or PostgresErrorCodes.InvalidAuthorizationSpecification
            or PostgresErrorCodes.IoError => new LostDatabase(problem),
        [.. "08", _, _, _] => new LostDatabase(problem),
        _ => null,
    };
}

/// <summary>It could not answer in time: 503.</summary>
public sealed class BusyDatabase(Exception? cause = null) : DatabaseUnable("ClassHub is very busy just now.",
    "The database takes no more in time. Look what holds it: another program, a long backup, or max_connections of PostgreSQL.", cause);

/// <summary>There is no space left for it: 507. What was saved before is still read.</summary>
public sealed class FullDisk(Exception? cause = null)
    : DatabaseUnable("The school's disk is full, so this was not saved. What was saved before is safe. Please tell the school office.",
    "The disk of the database is full. Make room on it; ClassHub goes on by itself.", cause);

/// <summary>It cannot be reached: 503.</summary>
public sealed class LostDatabase(Exception? cause = null) : DatabaseUnable("ClassHub cannot reach its database just now.",
    "The database cannot be reached. Start it, or look at ConnectionStrings:ClassHub (PostgreSQL) or ClassHub:DataFolder (SQLite); ClassHub goes on by itself.",
        cause);

/// <summary>The database failed while it confirmed, so nobody knows yet whether this was saved and it must not be told as refused: 500. What is sent again under
/// the same key is there once.</summary>
public sealed class UnconfirmedWrite(Exception cause) : Exception("The database did not confirm what it was to save.", cause);
