using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ClassHub.Database;

/// <summary>SQLite cannot sort a DateTimeOffset; a UTC DateTime sorts in SQLite and is `timestamp with time zone` in PostgreSQL. Kept to the microsecond, which both databases hold.</summary>
internal sealed class UtcInstant() : ValueConverter<DateTimeOffset, DateTime>(
    instant => new DateTime(instant.UtcTicks - instant.UtcTicks % 10, DateTimeKind.Utc),
    stored => new DateTimeOffset(DateTime.SpecifyKind(stored, DateTimeKind.Utc)));
