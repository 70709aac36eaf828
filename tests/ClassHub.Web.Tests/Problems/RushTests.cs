using System.Net;
using ClassHub.Web.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ClassHub.Web.Tests.Problems;

/// <summary>More ask than PostgreSQL has connections for: they wait, and the other server keeps its share.</summary>
public sealed class RushTests
{
    [Fact]
    public async Task A_server_never_asks_for_more_than_its_half_of_a_hundred_connections_and_whoever_waits_is_answered()
    {
        await using var site = await TestSite.OnPostgresAsync("");
        using var amira = await site.SignedInAsync("Haddad");
        await amira.GetAsync("/");
        await using var other = site.Database!.Open();
        // A transaction would see the same picture of the server again and again.
        await using var looking = site.Database.Open();
        await using var held = await other.Database.BeginTransactionAsync();
        await other.Database.ExecuteSqlRawAsync("""LOCK TABLE "People" IN ACCESS EXCLUSIVE MODE""");

        var asked = Enumerable.Range(0, 120).Select(_ => Task.Run(() => amira.GetAsync("/"))).ToList();
        var most = 0;
        for (var looks = 0; looks < 60; looks++)
        {
            await Task.Delay(50);
            most = Math.Max(most, await looking.Database.SqlQuery<int>($"""
                SELECT count(*)::int AS "Value" FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
                """).SingleAsync());
        }
        await held.RollbackAsync();

        Assert.All(await Task.WhenAll(asked), a => Assert.Equal(HttpStatusCode.OK, a.Status));
        Assert.InRange(most, 20, 48);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("Maximum Pool Size=200", true)]
    public async Task A_start_warns_when_PostgreSQL_has_too_few_connections(string settings, bool warns)
    {
        await using var site = await TestSite.OnPostgresAsync(settings);

        Assert.Equal(warns, site.Log.Lines.Any(l =>
            l.Contains("max_connections", StringComparison.Ordinal) && l.StartsWith("Warning", StringComparison.Ordinal)));
    }
}

/// <summary>Two servers begin at the same second, where there is nothing yet.</summary>
public sealed class TwoFirstStartsTests
{
    [Fact]
    public async Task Both_start_and_the_code_of_either_log_sets_up_the_school()
    {
        await using var database = await TestDatabase.OpenBareAsync(Engine.Postgres);

        var sites = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => TestSite.WithoutSchool(database))));

        Assert.Single(sites.Select(s => s.Services.GetRequiredService<SetUpCode>().Words).Distinct());
        using var office = sites[0].Visitor();
        var opened = await office.PostFormAsync("/setup", ("Code", sites[1].Services.GetRequiredService<SetUpCode>().Words), ("School.Name", "Hazel Grove"),
            ("School.TimeZone", "Europe/London"), ("School.Days", "Monday"), ("School.Morning", "08:30"),
            ("Forename", "Lena"), ("Surname", "Hart"), ("UserName", "lena"), ("Password", TestSite.Password));
        Assert.Equal("/login", opened.Location);
        foreach (var site in sites) await site.DisposeAsync();
    }
}
