using System.Net;
using ClassHub.Database;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Tests.Access;

/// <summary>Every endpoint of the real program, asked by every role about every kind of object, answers as the matrix says.</summary>
public sealed class AuthorisationMatrixTests : IAsyncLifetime
{
    private TestSite site = null!;
    private IReadOnlyList<AppEndpoint> endpoints = [];
    private World calm = null!;
    /// <summary>For what may change something: one that nobody has changed yet.</summary>
    private World? unchanged;
    private SqliteConnection watch = null!;
    private readonly List<string> wrong = [];

    public async Task InitializeAsync()
    {
        site = await TestSite.OpenAsync();
        endpoints = await AppEndpoint.AllAsync(site);
        calm = await World.MakeAsync(site);
        watch = new SqliteConnection(await site.WithDbAsync(db => Task.FromResult(db.Database.GetConnectionString())));
        await watch.OpenAsync();
    }

    public async Task DisposeAsync()
    {
        calm.Dispose();
        unchanged?.Dispose();
        await watch.DisposeAsync();
        await site.DisposeAsync();
    }

    [Fact]
    public void Every_endpoint_names_exactly_one_row_of_the_matrix() =>
        None(endpoints.Where(e => !NamesOneRow(e)).Select(e => $"{e}: {string.Join(" ", e.Rows)}"));

    [Fact]
    public void Every_row_has_an_endpoint_or_is_not_built_yet()
    {
        var built = endpoints.SelectMany(e => e.Rows).ToHashSet();

        None(Matrix.Rows.Keys.Except(built).Except(Matrix.NotBuiltYet).Except(Matrix.FulfilledElsewhere).Select(row => $"{row} has no endpoint"));
        None(Matrix.NotBuiltYet.Intersect(built).Select(row => $"{row} is built now: take it off the list Matrix.NotBuiltYet"));
    }

    [Fact]
    public async Task Every_role_gets_what_the_matrix_says()
    {
        foreach (var endpoint in endpoints.Where(e => NamesOneRow(e) && (e.Row != "R65" || e.Page is not null)))
            foreach (var variant in VariantsOf(endpoint))
                foreach (var actor in Enum.GetValues<Actor>().Except([Actor.Classmate]))
                    await AskAsync(endpoint, variant, actor);

        None(wrong);
    }

    [Fact]
    public async Task Every_form_from_another_site_or_without_its_token_is_refused_and_changes_nothing()
    {
        using var teacher = site.Visitor().WithCookie("classhub", calm.KeyOf(Actor.Teacher));
        using var office = site.Visitor().WithCookie("classhub", calm.KeyOf(Actor.Admin));
        var tokens = new Dictionary<Visitor, string> { [teacher] = await teacher.TokenAsync(), [office] = await office.TokenAsync() };
        var before = await ChangesAsync();

        // A mail program ends messages with one POST and no token (RFC 8058).
        foreach (var endpoint in endpoints.Where(e => e is { Page: not null } && e.Method != "GET" && e.Row is not ("R65" or "R92")))
            foreach (var (visitor, token) in tokens)
            {
                var (path, form) = (Probes.Fill(endpoint.Address, calm, Variant.Own, Actor.Teacher)!, Probes.Fill(Probes.FormOf(endpoint), calm, Variant.Own, Actor.Teacher)!);
                var foreign = new HttpRequestMessage(new HttpMethod(endpoint.Method), path) { Content = new StringContent($"{form}&_form={Uri.EscapeDataString(token)}", System.Text.Encoding.UTF8, "application/x-www-form-urlencoded") };
                foreign.Headers.Add("Sec-Fetch-Site", "cross-site");
                if ((await visitor.SendAsync(foreign)).Status != HttpStatusCode.Forbidden) wrong.Add($"{endpoint} takes a form of another site");
                // Where there is nothing, or nothing for this person, that may be said first.
                if ((await SendAsync(visitor, endpoint.Method, path, form, "")).Status is not (HttpStatusCode.BadRequest or HttpStatusCode.Forbidden or HttpStatusCode.NotFound)) wrong.Add($"{endpoint} takes a form without its token");
            }

        None(wrong);
        Assert.Equal(before, await ChangesAsync());
    }

    private static bool NamesOneRow(AppEndpoint endpoint) => endpoint.Rows.Count == 1 && Matrix.Rows.ContainsKey(endpoint.Row);

    private static void None(IEnumerable<string> problems)
    {
        var all = problems.ToList();
        Assert.True(all.Count == 0, $"{all.Count} differ:\n{string.Join("\n", all)}");
    }

    /// <summary>Only what its address or form names can be somebody else's.</summary>
    private static IEnumerable<Variant> VariantsOf(AppEndpoint endpoint)
    {
        var named = Probes.WordsOf(endpoint).Where(w => !Probes.Words.ContainsKey(w) && w is not ("sessionId" or "id" or "uploadKey") && !w.StartsWith("any", StringComparison.Ordinal)).ToList();
        if (named.Count == 0) return [Variant.Own];
        var inClass = named.Where(w => w != "classId").ToList();
        if (inClass.Count == 0) return [Variant.Own, Variant.OtherClass];
        return Enum.GetValues<Variant>().Where(v => v != Variant.Formers
            && (v != Variant.WrongClass || named.Contains("classId"))
            && (v != Variant.Deleted || inClass.Any(w => w is "postId" or "taskId"))
            && (v != Variant.Classmates || inClass.Any(w => w is "pupilId" or "linkId" or "personId" or "submissionId" or "workId" or "fileId" or "workKey" or "receipt")));
    }

    private async Task AskAsync(AppEndpoint endpoint, Variant variant, Actor actor)
    {
        var expected = Expected(Matrix.Rows[endpoint.Row], endpoint, variant, actor);
        var mayChange = expected.Contains(Reason) || (endpoint.Method != "GET" && expected.Contains(LetIn));
        var world = mayChange ? unchanged ??= await World.MakeAsync(site) : calm;
        var what = $"{endpoint} ({endpoint.Row}) as {actor} about {variant}";
        if (Probes.Fill(endpoint.Address, world, variant, actor) is not { } path || Probes.Fill(Probes.FormOf(endpoint), world, variant, actor) is not { } form)
        {
            wrong.Add($"{what}: the world has no {string.Join(", ", Probes.WordsOf(endpoint))}: add it to World or Probes.Words");
            return;
        }
        var guest = await world.GuestAsync(site, actor);
        var (visitor, token) = (guest.Visitor, guest.Token);
        visitor.ForgetMessage();
        var before = await ChangesAsync();
        var (power, entries) = mayChange ? await PowerAsync(actor) : ("", 0);
        var answer = await SendAsync(visitor, endpoint.Method, path, form, token);
        var got = Outcome(answer, endpoint.Method);
        if (!expected.Contains(got)) wrong.Add($"{what}: expected {string.Join(" or ", expected)}, got {got} ({(int)answer.Status})");
        var changed = await ChangesAsync() != before;
        if (changed && !mayChange) wrong.Add($"{what}: changed something, although it was {got}");
        if (changed && mayChange && await PowerAsync(actor) is var after && after.Power != power && after.Entries == entries) wrong.Add($"{what}: changed what somebody else may do, and no entry of the log says so");
        if (got == "404" && actor != Actor.Anon && answer.Body != (endpoint.Method == "GET" ? guest.MissingPage : guest.MissingForm))
            wrong.Add($"{what}: does not look as if it were missing");
        if (got == Reason) await StateReasonAsync(visitor, answer, endpoint, path, what);
        if (!changed && got != Reason) return;
        unchanged?.Dispose();
        unchanged = null;
    }

    /// <summary>What people other than this one may do and how they get in, as one text; and how many entries the log has.</summary>
    private Task<(string Power, int Entries)> PowerAsync(Actor actor) => site.WithDbAsync(async db =>
    {
        var me = await db.People.Where(p => p.Surname == (unchanged ?? calm).Mark && p.Forename == actor.ToString()).Select(p => (int?)p.Id).SingleOrDefaultAsync() ?? 0;
        List<string> power =
        [
            .. await db.Memberships.Where(m => m.PersonId != me).Select(m => $"{m.ClassId} {m.PersonId} {m.IsTeacher} {m.IsFirst}").ToListAsync(),
            .. await db.People.Where(p => p.Id != me).Select(p => $"{p.Id} {p.Role} {p.IsOffice} {p.SendsUrgent} {p.DisabledAt}").ToListAsync(),
            .. await db.GuardianLinks.Where(l => l.GuardianId != me).Select(l => $"{l.Id} {l.GuardianId} {l.PupilId} {l.ApprovedAt} {l.EndedAt}").ToListAsync(),
            .. await db.Users.Where(a => a.PersonId != me).Select(a => $"{a.Id} {a.UserName} {a.PasswordHash} {a.MustChangePassword}").ToListAsync(),
            .. await db.SignInSessions.Where(s => s.PersonId != me).Select(s => $"{s.Id}").ToListAsync(),
        ];
        return (string.Join('\n', power.Order(StringComparer.Ordinal)), await db.Audit.CountAsync());
    });

    private const string LetIn = "200", Reason = "403 with a form for the reason";

    private static string[] Expected(IReadOnlyDictionary<string, string> row, AppEndpoint endpoint, Variant variant, Actor actor)
    {
        if (row["id"] == "R64") return ["404"];          // the school of the tests is set up
        var cell = row[Column(actor, variant == Variant.OtherClass)];
        if (cell == "token") return [variant == Variant.Random ? "404" : LetIn];          // the key in the address decides alone
        if (actor == Actor.Anon || cell == "404") return [cell];
        return (variant, cell) switch
        {
            (Variant.Random or Variant.WrongClass or Variant.Deleted, "403") => ["403", "404"],
            (Variant.Deleted, _) when actor is Actor.Admin or Actor.Teacher or Actor.CoTeacher => ["404", LetIn, Reason],     // they may see the bin
            (Variant.Random or Variant.WrongClass or Variant.Deleted, _) => ["404"],
            (_, "aud") => [Reason],
            (Variant.Classmates, "own") => ["404"],
            (_, "own") => [LetIn],
            _ => [cell],
        };
    }

    private static string Column(Actor actor, bool otherClass) => (actor, otherClass) switch
    {
        (Actor.Admin, _) => "admin",
        (Actor.Anon, _) => "anon",
        (Actor.Teacher, false) or (Actor.OtherTeacher, true) => "teacher",
        (Actor.CoTeacher, false) => "coteacher",
        (Actor.OtherTeacher, false) or (Actor.Teacher or Actor.CoTeacher, true) => "otherteacher",
        (Actor.Guardian, false) or (Actor.OtherGuardian, true) => "guardian_own",
        (Actor.Guardian, true) or (Actor.OtherGuardian, false) => "guardian_other",
        (Actor.PupilIn, false) or (Actor.PupilOut, true) => "pupil_in",
        (Actor.Former, false) => "former",
        _ => "pupil_out",
    };

    private static Task<Answer> SendAsync(Visitor visitor, string method, string path, string form, string token) => visitor.SendAsync(new HttpRequestMessage(new HttpMethod(method), path)
    {
        Content = method == "GET" ? null : new StringContent($"{form}&_form={Uri.EscapeDataString(token)}", System.Text.Encoding.UTF8, "application/x-www-form-urlencoded"),
    });

    /// <summary>A form that is let in but badly filled answers 400: that is let in, too.</summary>
    private static string Outcome(Answer answer, string method) => answer.Status switch
    {
        HttpStatusCode.Unauthorized => "401",
        HttpStatusCode.NotFound => "404",
        HttpStatusCode.Forbidden => answer.Page.QuerySelector("form[action='/admin/reason']") is null ? "403" : Reason,
        HttpStatusCode.BadRequest when method == "GET" => "400",
        >= HttpStatusCode.InternalServerError => "an error",
        _ => LetIn,
    };

    /// <summary>CS18: with a reason the office is let in, and exactly one row says so.</summary>
    private async Task StateReasonAsync(Visitor visitor, Answer asked, AppEndpoint endpoint, string path, string what)
    {
        var rows = await site.WithDbAsync(db => db.Audit.CountAsync());
        var form = asked.Page.QuerySelector("form[action='/admin/reason']")!;
        var fields = form.QuerySelectorAll("input[type=hidden]").Select(f => (f.GetAttribute("name")!, f.GetAttribute("value") ?? "")).Append(("Reason", "A parent asked")).ToArray();
        await visitor.PostAsync("/admin/reason", fields);
        var opened = Outcome(await SendAsync(visitor, endpoint.Method, path, "", ""), endpoint.Method);
        if (opened != LetIn) wrong.Add($"{what}: with a reason expected {LetIn}, got {opened}");
        if (await site.WithDbAsync(db => db.Audit.CountAsync()) is var now && now != rows + 1) wrong.Add($"{what}: {now - rows} rows in the audit log instead of 1");
    }

    /// <summary>Grows whenever another connection commits.</summary>
    private async Task<long> ChangesAsync()
    {
        await using var command = new SqliteCommand("PRAGMA data_version", watch);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
