using ClassHub.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using static ClassHub.Tests.TestSchool;

namespace ClassHub.Tests.Rules;

public sealed class SchemaTests
{
    [BothEngines]
    public async Task The_migrations_hold_everything_the_model_says(Engine engine)
    {
        await using var school = await TestSchool.OpenAsync(engine);

        Assert.False(school.Db().Database.HasPendingModelChanges());
        Assert.Empty(await school.Db().Database.GetPendingMigrationsAsync(Stop));
    }

    [Fact]
    public async Task Both_engines_have_the_same_migrations()
    {
        await using var sqlite = await TestSchool.OpenAsync(Engine.Sqlite);
        await using var postgres = await TestSchool.OpenAsync(Engine.Postgres);

        Assert.Equal(sqlite.Db().Database.GetMigrations(), postgres.Db().Database.GetMigrations());
        Assert.Equal(Columns(sqlite.Db().Model), Columns(postgres.Db().Model));
    }

    /// <summary>CS30: personal-data.csv says of every column whether it is about a person, what for, and how long it is kept.</summary>
    [Fact]
    public async Task CS30_Every_column_is_listed_with_its_purpose_and_how_long_it_is_kept()
    {
        await using var school = await TestSchool.OpenAsync(Engine.Sqlite);
        var lines = File.ReadAllLines(Repository.PathOf("tests/ClassHub.Core.Tests/Rules/personal-data.csv")).Skip(1).Select(line => line.Split(',', 4)).ToList();
        var listed = lines.Select(l => l[0]).ToHashSet();
        var there = Columns(school.Db().Model).ToHashSet();

        Assert.Empty(there.Except(listed).Select(c => $"{c} is not in personal-data.csv"));
        Assert.Empty(listed.Except(there).Select(c => $"{c} does not exist any more: take it out of personal-data.csv"));
        Assert.Empty(lines.Where(l => l is not [_, "yes" or "no", _, _]).Select(l => string.Join(",", l)));
        Assert.Empty(lines.Where(l => l[1] == "yes" && (l[2].Trim() == "" || l[3].Trim() == "")).Select(l => $"{l[0]} has no purpose or no end"));
    }

    /// <summary>CS11: nothing in the schema ranks, scores or rewards a child.</summary>
    [Fact]
    public async Task CS11_No_column_ranks_pupils_or_counts_their_time()
    {
        await using var school = await TestSchool.OpenAsync(Engine.Sqlite);
        string[] words = ["Rank", "Score", "Streak", "Badge", "Level", "Xp", "TimeSpent", "Percentile", "Risk", "Behaviour"];

        Assert.DoesNotContain(Columns(school.Db().Model), c => words.Any(w => c.Split('.')[1].Contains(w, StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Columns(IModel model) =>
        model.GetEntityTypes().SelectMany(e => e.GetProperties().Select(p => $"{e.GetTableName()}.{p.GetColumnName()}")).Distinct().Order(StringComparer.Ordinal);
}
