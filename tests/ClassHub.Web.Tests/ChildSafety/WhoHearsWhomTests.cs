using System.Net;
using ClassHub.Database;
using ClassHub.Web.Tests.Access;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Tests.ChildSafety;

/// <summary>What a pupil writes anywhere reaches the teachers of the class and nobody else, and no pupil learns who is in another class.</summary>
public sealed class WhoHearsWhomTests : IAsyncLifetime
{
    private const string Words = "Zwitscherkugel";
    private static readonly string[] Written = ["Text", "Title", "Body", "Comment", "Topic", "Reason", "Name", "GroupName", "Forename", "Surname", "UserName", "Code", "Links", "find"];

    private TestSite site = null!;
    private World world = null!;
    private IReadOnlyList<AppEndpoint> endpoints = [];

    public async Task InitializeAsync()
    {
        site = await TestSite.OpenAsync();
        world = await World.MakeAsync(site);
        endpoints = [.. (await AppEndpoint.AllAsync(site)).Where(e => e.Page is not null && e.Rows.Count == 1)];
    }

    public async Task DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task CS01_Whatever_a_pupil_writes_reaches_a_teacher_and_no_other_pupil()
    {
        using var pupil = As(Actor.PupilIn);
        var token = await pupil.TokenAsync();
        var newest = await site.WithDbAsync(db => db.Notifications.MaxAsync(n => (long?)n.Id)) ?? 0;
        // Signing out comes last, whatever its place.
        foreach (var endpoint in endpoints.Where(e => e.Method != "GET").OrderBy(e => e.Row is "R69" or "R05"))
            await pupil.PostAsync(Address(endpoint, Variant.Own, Actor.PupilIn)!, [.. FieldsOf(endpoint), .. Written.Select(name => (name, $"{Words} {endpoint.Row}")), ("_form", token)]);

        Assert.Empty(await site.WithDbAsync(db => db.Notifications
            .Where(n => n.Id > newest && !db.Memberships.Any(m => m.ClassId == n.ClassId && m.PersonId == n.RecipientId && m.IsTeacher)).Select(n => $"{n.Kind} told {n.RecipientId}").ToListAsync()));
        Assert.NotEmpty(await SeenByAsync(Actor.Teacher));
        foreach (var other in new[] { Actor.Classmate, Actor.PupilOut }) Assert.Empty(await SeenByAsync(other));
    }

    [Fact]
    public async Task CS06_No_page_tells_a_pupil_or_a_stranger_who_is_in_another_class()
    {
        foreach (var actor in new[] { Actor.PupilOut, Actor.Anon })
            foreach (var (address, answer) in await EveryPageAsync(actor))
                foreach (var name in new[] { "PupilIn", "Classmate" })
                    Assert.False(answer.Body.Contains($"{name} {world.Mark}", StringComparison.Ordinal), $"{address} tells {actor} of {name}");

        using var pupil = As(Actor.PupilIn);
        // Posts can be searched, people cannot.
        Assert.DoesNotContain($"Classmate {world.Mark}", (await pupil.GetAsync("/search?q=Classmate")).Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await pupil.GetAsync("/admin/people?find=Classmate")).Status);
    }

    private Visitor As(Actor actor) => actor == Actor.Anon ? site.Visitor() : site.Visitor().WithCookie("classhub", world.KeyOf(actor));

    private string? Address(AppEndpoint endpoint, Variant variant, Actor actor) => Probes.Fill(endpoint.Address, world, variant, actor);

    private IEnumerable<(string, string)> FieldsOf(AppEndpoint endpoint) =>
        from pair in (Probes.Fill(Probes.FormOf(endpoint), world, Variant.Own, Actor.PupilIn) ?? "").Split('&', StringSplitOptions.RemoveEmptyEntries)
        select (pair.Split('=')[0], pair.Split('=')[1]);

    private async Task<IReadOnlyList<string>> SeenByAsync(Actor actor) =>
        [.. (await EveryPageAsync(actor)).Where(p => p.Answer.Body.Contains(Words, StringComparison.Ordinal)).Select(p => p.Address)];

    /// <summary>Every page about every object of this world, allowed or not.</summary>
    private async Task<IReadOnlyList<(string Address, Answer Answer)>> EveryPageAsync(Actor actor)
    {
        using var visitor = As(actor);
        var seen = new List<(string, Answer)>();
        foreach (var endpoint in endpoints.Where(e => e.Method == "GET"))
            foreach (var address in Enum.GetValues<Variant>().Select(v => Address(endpoint, v, actor)).OfType<string>().Distinct())
                seen.Add((address, await visitor.GetAsync(address)));
        return seen;
    }
}
