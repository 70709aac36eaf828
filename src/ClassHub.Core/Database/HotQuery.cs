using System.Collections.Concurrent;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Database;

/// <summary>A query of a busy page, compiled once for each engine: a compiled query belongs to one context type and throws on the next.</summary>
public sealed class HotQuery<T1, TRow>(Expression<Func<ClassHubDb, T1, IQueryable<TRow>>> query)
{
    private readonly ConcurrentDictionary<Type, Func<ClassHubDb, T1, IAsyncEnumerable<TRow>>> compiled = new();

    public ValueTask<List<TRow>> RunAsync(ClassHubDb db, T1 one, CancellationToken stop) =>
        compiled.GetOrAdd(db.GetType(), _ => EF.CompileAsyncQuery(query))(db, one).ToListAsync(stop);
}

/// <inheritdoc cref="HotQuery{T1, TRow}"/>
public sealed class HotQuery<T1, T2, TRow>(Expression<Func<ClassHubDb, T1, T2, IQueryable<TRow>>> query)
{
    private readonly ConcurrentDictionary<Type, Func<ClassHubDb, T1, T2, IAsyncEnumerable<TRow>>> compiled = new();

    public ValueTask<List<TRow>> RunAsync(ClassHubDb db, T1 one, T2 two, CancellationToken stop) =>
        compiled.GetOrAdd(db.GetType(), _ => EF.CompileAsyncQuery(query))(db, one, two).ToListAsync(stop);
}

/// <inheritdoc cref="HotQuery{T1, TRow}"/>
public sealed class HotQuery<T1, T2, T3, TRow>(Expression<Func<ClassHubDb, T1, T2, T3, IQueryable<TRow>>> query)
{
    private readonly ConcurrentDictionary<Type, Func<ClassHubDb, T1, T2, T3, IAsyncEnumerable<TRow>>> compiled = new();

    public ValueTask<List<TRow>> RunAsync(ClassHubDb db, T1 one, T2 two, T3 three, CancellationToken stop) =>
        compiled.GetOrAdd(db.GetType(), _ => EF.CompileAsyncQuery(query))(db, one, two, three).ToListAsync(stop);
}
