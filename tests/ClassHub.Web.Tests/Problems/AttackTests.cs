using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ClassHub.Audit;
using ClassHub.Classes;
using ClassHub.Posts;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Tests.Problems;

/// <summary>What somebody found who tried to break in. Each stays closed.</summary>
public sealed class AttackTests : IAsyncLifetime
{
    private TestSite site = null!;
    private int maple, rowan, kai, amira;

    public async Task InitializeAsync()
    {
        site = await TestSite.OpenAsync();
        await site.WithDbAsync(async db =>
        {
            (maple, rowan) = (await db.Classes.Where(c => c.Name == "5 Maple").Select(c => c.Id).SingleAsync(), await db.Classes.Where(c => c.Name == "6 Rowan").Select(c => c.Id).SingleAsync());
            (kai, amira) = (await db.People.Where(p => p.Forename == "Kai").Select(p => p.Id).SingleAsync(), await db.People.Where(p => p.Forename == "Amira").Select(p => p.Id).SingleAsync());
        });
    }

    public async Task DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task A_teacher_cannot_become_a_pupil_by_putting_them_into_a_class()
    {
        await site.GivePasswordAsync("Moana");
        using var nair = await site.SignedInAsync("Nair");
        var token = await nair.TokenAsync();

        await nair.PostAsync($"/classes/{maple}/members", ("personId", $"{kai}"), ("_form", token));
        var sheet = await nair.PostAsync($"/classes/{maple}/sheet", ("Ids", $"{kai}"), ("Which", "chosen"), ("_form", token));

        Assert.Equal(HttpStatusCode.Redirect, sheet.Status);
        Assert.Contains("The office makes new passwords", (await nair.GetAsync(sheet.Location!)).Body, StringComparison.Ordinal);
        Assert.Equal(AuditAction.AddedToClass, await site.WithDbAsync(db => db.Audit.OrderByDescending(a => a.Id).Where(a => a.SubjectId == kai).Select(a => a.Action).FirstAsync()));
        // For the pupils she was given it works as ever.
        Assert.Equal(HttpStatusCode.OK, (await nair.PostAsync($"/classes/{maple}/sheet", ("Ids", $"{amira}"), ("Which", "chosen"), ("_form", token))).Status);
    }

    [Fact]
    public async Task Of_many_guesses_sent_at_once_few_are_looked_at_and_none_is_a_429()
    {
        await site.GivePasswordAsync("Haddad");
        using var visitor = site.Visitor();
        var token = (await visitor.GetAsync("/login")).FormToken;

        var all = Enumerable.Range(0, 20).Select(i => visitor.PostAsync("/login", ("UserName", "amira"), ("Password", $"guess number {i}"), ("_form",
            token))).ToList();
        await site.Clock!.UntilDoneAsync(all);
        var answers = await Task.WhenAll(all);

        // Three at once, then after 2, 4 and 8 seconds; the next one would wait too long.
        Assert.Equal(6, answers.Count(a => a.Status == HttpStatusCode.BadRequest));
        Assert.Equal(14, answers.Count(a => a.Status == HttpStatusCode.ServiceUnavailable));
        Assert.All(answers.Where(a => a.Status == HttpStatusCode.ServiceUnavailable), a => Assert.InRange(int.Parse(a.Header("Retry-After")!,
            System.Globalization.CultureInfo.InvariantCulture), 1, 20));
    }

    [Fact]
    public async Task The_old_password_cannot_be_guessed_from_a_device_left_open()
    {
        await site.GivePasswordAsync("Haddad");
        using var borrowed = await site.SignedInAsync("Haddad");
        var token = await borrowed.TokenAsync();

        for (var i = 0; i < 3; i++) await borrowed.PostAsync("/me/password", ("Old", $"guess {i}"), ("Chosen", "mine from now on"), ("_form", token));
        var right = await borrowed.PostAsync("/me/password", ("Old", TestSite.Password), ("Chosen", "mine from now on"), ("_form", token));

        Assert.Equal(HttpStatusCode.BadRequest, right.Status);
        Assert.Contains("wrong too often", right.Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Naming_files_of_others_in_a_form_does_not_show_what_they_are_called()
    {
        using var weller = await site.SignedInAsync("Weller");
        await weller.PostAsync($"/classes/{rowan}/posts/new", ("Form.Title", "Fizz"), ("Form.Goes", "AsDraft"), ("_form", await weller.TokenAsync()));
        await site.WithDbAsync(async db =>
        {
            db.Add(new ClassHub.Media.StoredFile(new(ClassHub.Media.FileKey.New(), 10, new('a', 64), "x"u8.ToArray()), "secret of maple.txt", amira, maple, Everybody.MondayNine));
            await db.SaveChangesAsync();
        });

        var answer = await weller.PostAsync($"/classes/{rowan}/posts/new", [("Form.Title", ""), ("Form.Goes", "Now"), ("_form", await weller.TokenAsync()), .. Enumerable.Range(1, 20).Select(i => ("Form.Keep", $"{i}"))]);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.DoesNotContain("secret", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task News_and_moving_show_a_post_only_to_whom_it_is_for()
    {
        var post = await site.WithDbAsync(async db =>
        {
            var okafor = await db.People.SingleAsync(p => p.Surname == "Okafor");
            db.Add(new Membership(await db.Classes.SingleAsync(c => c.Id == rowan), okafor, true, false, Everybody.MondayNine));
            var made = db.Add(new Post(maple, PostKind.Notice, okafor.Id, null, Everybody.MondayNine)).Entity;
            made.Write("About Ben alone", "", null, null, Everybody.MondayNine);
            made.Publish(Everybody.MondayNine, null, Everybody.MondayNine);
            await db.SaveChangesAsync();
            await new AnnounceDuePosts(db, site.Clock!).RunAsync(default);
            made = await db.Posts.Include(p => p.Readers).SingleAsync(p => p.Id == made.Id);
            made.Address(false, [], [await db.People.Where(p => p.Forename == "Ben").Select(p => p.Id).SingleAsync()]);
            await db.SaveChangesAsync();
            return made.Id;
        });
        using var amira = await site.SignedInAsync("Haddad");
        using var kai = await site.SignedInAsync("Moana");
        using var okafor = await site.SignedInAsync("Okafor");

        Assert.DoesNotContain("About Ben", (await amira.GetAsync("/news")).Body, StringComparison.Ordinal);
        await okafor.PostAsync($"/classes/{maple}/posts/{post}/do/move", ("toClassId", $"{rowan}"), ("_form", await okafor.TokenAsync()));
        Assert.Equal(HttpStatusCode.NotFound, (await kai.GetAsync($"/classes/{rowan}/posts/{post}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await okafor.GetAsync($"/classes/{rowan}/posts/{post}")).Status);
    }

    [Theory]
    [InlineData("/login", "UserName=a%EF%BF%BE&Password=x")]
    [InlineData("/login", "UserName=amira&Password=three+short+words&ReturnUrl=/%C3%A9")]
    [InlineData("/join", "Code=AAAAAAAAA&Forename=%EF%BF%BE&Surname=%EF%BF%BF")]
    public async Task Odd_characters_are_no_error_of_the_server(string path, string form)
    {
        await site.GivePasswordAsync("Haddad");
        using var visitor = site.Visitor();
        var token = (await visitor.GetAsync(path)).FormToken;

        foreach (var charset in new[] { "utf-8", "utf-7", "bogus" })
        {
            var content = new StringContent($"{form}&_form={Uri.EscapeDataString(token)}", Encoding.UTF8);
            content.Headers.ContentType = MediaTypeHeaderValue.Parse($"application/x-www-form-urlencoded; charset={charset}");
            var answer = await visitor.SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = content });
            Assert.True((int)answer.Status < 500, $"{charset}: {answer.Status}");
            if (charset != "utf-8") Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.Status);
        }
    }

    [Fact]
    public async Task A_holiday_at_the_end_of_time_is_a_sentence_beside_the_field()
    {
        using var office = await site.SignedInAsync("Hart");

        foreach (var day in new[] { "9999-12-31 x", "0001-01-01 x" })
            Assert.Equal(HttpStatusCode.BadRequest, (await office.PostAsync("/admin/settings", ("School.Name", "Hazel Grove"), ("School.TimeZone", "Europe/London"), ("School.Days", "Monday"), ("School.Morning", "08:30"), ("School.Holidays", day), ("_form", await office.TokenAsync()))).Status);
    }

    [Fact]
    public async Task The_next_person_on_a_device_finds_neither_session_nor_message_of_the_last()
    {
        await site.GivePasswordAsync("Haddad");
        using var device = await site.SignedInAsync("Okafor");
        var key = device.Cookie("classhub")!;
        await device.PostAsync($"/classes/{maple}/members?handler=Remove", ("personId", $"{amira}"), ("_form", await device.TokenAsync()));

        var token = await device.TokenAsync();
        await device.PostAsync("/login", ("UserName", "amira"), ("Password", TestSite.Password), ("_form", token));

        Assert.DoesNotContain("no longer in", (await device.GetAsync("/")).Body, StringComparison.Ordinal);
        using var thief = site.Visitor().WithCookie("classhub", key);
        Assert.Equal(HttpStatusCode.Redirect, (await thief.GetAsync("/me")).Status);
    }
}
