using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using ClassHub.Backups;
using ClassHub.Media;
using ClassHub.Web.Access;
using ClassHub.Web.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ClassHub.Web.Tests.Backups;

/// <summary>The first page of an empty ClassHub brings a school back out of its backup.</summary>
public sealed class BringBackTests : IDisposable
{
    private const string Page = "/setup/backup", Uploads = Page + "/uploads";
    private readonly string folder = TestDatabase.TemporaryFolder();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>Of a school with a file, in which the office has the password of the tests.</summary>
    private async Task<byte[]> BackupAsync(Action<TestSite>? also = null)
    {
        await using var site = await TestSite.OpenAsync();
        await site.GivePasswordAsync("Hart");
        await using var scope = site.Services.CreateAsyncScope();
        var ben = await site.WithDbAsync(db => db.People.SingleAsync(p => p.Surname == "Fisher"));
        await scope.ServiceProvider.GetRequiredService<KeepFile>().RunAsync(new MemoryStream("a volcano"u8.ToArray()), "volcano.txt", ben.Id, false, null, default);
        also?.Invoke(site);
        var file = Path.Combine(folder, Guid.NewGuid().ToString("N"));
        await scope.ServiceProvider.GetRequiredService<TakeBackup>().RunAsync(file, default);
        return await File.ReadAllBytesAsync(file);
    }

    private static async Task<Answer> SendAsync(Visitor office, byte[]? archive, string name = "school.zip")
    {
        var form = new MultipartFormDataContent { { new StringContent((await office.GetAsync(Page)).FormToken), "_form" } };
        if (archive is not null) form.Add(new ByteArrayContent(archive), "Files", name);
        return await office.SendAsync(new(HttpMethod.Post, Page) { Content = form });
    }

    private static string CodeOf(TestSite site) => site.Services.GetRequiredService<SetUpCode>().Words;

    private static async Task<Visitor> WithCodeAsync(TestSite site)
    {
        var office = site.Visitor();
        Assert.Equal(HttpStatusCode.Redirect, (await office.PostAsync(Page + "?handler=Code", ("_form", (await office.GetAsync(Page)).FormToken), ("Code", CodeOf(site)))).Status);
        return office;
    }

    private static Task<int> PeopleAsync(TestSite site) => site.WithDbAsync(db => db.People.CountAsync());

    [Fact]
    public async Task A_school_comes_back_while_the_server_runs_and_its_people_sign_in_as_before()
    {
        var archive = await BackupAsync();
        await using var site = await TestSite.OpenAsync("Production", hasSchool: false, stands: true);
        using var office = await WithCodeAsync(site);

        Assert.Equal((HttpStatusCode.Redirect, Page), (await SendAsync(office, archive)) is var sent ? (sent.Status, sent.Location) : default);
        Assert.Equal("/login", (await office.GetAsync(Page)).Location);
        Assert.Contains("The school is back as it was on Monday", (await office.GetAsync("/login")).Main, StringComparison.Ordinal);
        Assert.Equal("/", (await office.PostFormAsync("/login", ("UserName", "hart"), ("Password", TestSite.Password))).Location);

        var file = await site.WithDbAsync(db => db.Files.SingleAsync());
        Assert.True(await site.Services.GetRequiredService<IFileStore>().IsWholeAsync(new(file.Key), new(file.Size, file.Sha256), default));
        // Who watched without the code is sent on, too, and hears nothing. Nobody brings back another school.
        using var stranger = site.Visitor();
        Assert.Equal("/login", (await stranger.GetAsync(Page)).Location);
        Assert.DoesNotContain("is back", (await stranger.GetAsync("/login")).Main, StringComparison.Ordinal);
        Assert.Equal("/login", (await stranger.PostAsync(Page, ("_form", await stranger.TokenAsync()))).Location);
    }

    [Fact]
    public async Task What_the_lost_server_signed_is_believed_and_so_is_what_the_empty_one_signed_since()
    {
        string word = "";
        var archive = await BackupAsync(there => word = there.Services.GetRequiredService<SignedTime>().Give(7, Everybody.MondayNine));
        await using var site = await TestSite.OpenAsync(hasSchool: false, stands: true);
        using var office = await WithCodeAsync(site);

        var here = site.Services.GetRequiredService<SignedTime>();
        var since = here.Give(8, Everybody.MondayNine);
        await SendAsync(office, archive);

        // The keys are read in the background.
        for (var tries = 0; tries < 200 && here.MadeAt(word, 5_000, 7, Everybody.MondayNine.AddHours(1)) is null; tries++) await Task.Delay(20);
        Assert.Equal(Everybody.MondayNine.AddSeconds(5), here.MadeAt(word, 5_000, 7, Everybody.MondayNine.AddHours(1)));
        Assert.Equal(Everybody.MondayNine, here.MadeAt(since, 0, 8, Everybody.MondayNine.AddHours(1)));
    }

    [Fact]
    public async Task A_backup_of_the_empty_place_itself_changes_nothing_and_no_key_is_there_twice()
    {
        await using var site = await TestSite.OpenAsync(hasSchool: false, stands: true);
        using var office = await WithCodeAsync(site);
        var file = Path.Combine(folder, "empty");
        await using (var scope = site.Services.CreateAsyncScope()) await scope.ServiceProvider.GetRequiredService<TakeBackup>().RunAsync(file, default);

        var empty = await SendAsync(office, await File.ReadAllBytesAsync(file));
        Assert.Equal(HttpStatusCode.BadRequest, empty.Status);
        Assert.Contains("before there was a school", empty.Main, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await SendAsync(office, await BackupAsync())).Status);

        var names = await site.WithDbAsync(db => db.DataProtectionKeys.Select(k => k.FriendlyName).ToListAsync());
        Assert.NotEmpty(names);
        Assert.Equal(names.Count, names.Distinct().Count());
    }

    [Fact]
    public async Task A_new_school_forgets_the_restoring_that_was_cut_off_before_it()
    {
        await using var site = await TestSite.OpenAsync(hasSchool: false, stands: true);
        using var office = await WithCodeAsync(site);
        var (archives, files) = (site.Services.GetRequiredService<Archives>(), site.Services.GetRequiredService<IFileStore>());
        archives.BeginRestore();
        await files.SaveAsync(new MemoryStream([1]), 10, default);

        var opened = await office.PostFormAsync("/setup", ("Code", CodeOf(site)), ("School.Name", "Hazel Grove"), ("School.TimeZone", "Europe/London"), ("School.Days", "Monday"), ("School.Morning", "08:30"),
            ("Forename", "Lena"), ("Surname", "Hart"), ("UserName", "lena"), ("Password", TestSite.Password));

        Assert.Equal("/login", opened.Location);
        Assert.Empty(files.All());
        Assert.False(archives.IsRestoreBegun);
    }

    [Fact]
    public async Task Without_the_code_of_the_log_nothing_is_taken()
    {
        var archive = await BackupAsync();
        await using var site = await TestSite.OpenAsync("Production", hasSchool: false);
        using var stranger = site.Visitor();

        Assert.Contains("Set-up code", (await stranger.GetAsync(Page)).Main, StringComparison.Ordinal);
        var guessed = await stranger.PostAsync(Page + "?handler=Code", ("_form", (await stranger.GetAsync(Page)).FormToken), ("Code", "WRONGCODE1"));
        Assert.Equal(HttpStatusCode.BadRequest, guessed.Status);
        Assert.Contains("not the code", guessed.Main, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(stranger, archive)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await TusAsync(stranger, "POST", Uploads, null, ("Upload-Length", "10"))).Status);
        Assert.Equal(0, await PeopleAsync(site));
    }

    [Fact]
    public async Task A_damaged_archive_is_refused_beside_the_field_and_the_school_can_still_be_set_up()
    {
        var archive = await BackupAsync();
        archive[archive.Length / 2] ^= 1;
        await using var site = await TestSite.OpenAsync(hasSchool: false, stands: true);
        using var office = await WithCodeAsync(site);

        var nothing = await SendAsync(office, null);
        var damaged = await SendAsync(office, archive);
        var photo = await SendAsync(office, [1, 2, 3]);

        Assert.Equal([HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest], new[] { nothing, damaged, photo }.Select(a => a.Status));
        Assert.Contains("Choose the file", nothing.Main, StringComparison.Ordinal);
        Assert.Contains("damaged", damaged.Page.QuerySelector("#Files ~ .field__error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(0, await PeopleAsync(site));
        Assert.Empty(site.Services.GetRequiredService<IFileStore>().All());
        Assert.Contains("Name of the school", (await office.GetAsync("/setup")).Main, StringComparison.Ordinal);
        Assert.Contains("damaged", (await office.GetAsync(Page)).Main, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await SendAsync(office, await BackupAsync())).Status);
    }

    [Fact]
    public async Task An_archive_that_arrives_in_pieces_is_brought_back_once_it_is_whole()
    {
        var archive = await BackupAsync();
        await using var site = await TestSite.OpenAsync("Production", hasSchool: false, stands: true);
        using var office = await WithCodeAsync(site);
        async Task<Answer> BringAsync(string key) => await office.PostAsync(Page, ("_form", (await office.GetAsync(Page)).FormToken), ("Uploads", key));

        var begun = await TusAsync(office, "POST", Uploads, null, ("Upload-Length", archive.Length.ToString(CultureInfo.InvariantCulture)));
        Assert.Equal(HttpStatusCode.Created, begun.Status);
        var to = begun.Location!;
        Assert.Equal("1000", (await TusAsync(office, "PATCH", to, archive[..1000], ("Upload-Offset", "0"))).Header("Upload-Offset"));
        var early = await BringAsync(to.Split('/')[^1]);
        Assert.Equal(HttpStatusCode.BadRequest, early.Status);
        Assert.Contains("not arrived whole", early.Main, StringComparison.Ordinal);
        var asked = await TusAsync(office, "HEAD", to, null);
        Assert.Equal(("1000", archive.Length.ToString(CultureInfo.InvariantCulture)), (asked.Header("Upload-Offset"), asked.Header("Upload-Length")));
        Assert.Equal(HttpStatusCode.Conflict, (await TusAsync(office, "PATCH", to, archive[..10], ("Upload-Offset", "5"))).Status);
        await using (new FileStream(site.Services.GetRequiredService<UnfinishedFiles>().PathOf(new(to.Split('/')[^1])), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            Assert.Contains("still arriving", (await BringAsync(to.Split('/')[^1])).Main, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await TusAsync(office, "PATCH", to, [.. archive[1000..], 1], ("Upload-Offset", "1000"))).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await TusAsync(office, "PATCH", to, archive[1000..], ("Upload-Offset", "1000"))).Status);

        await BringAsync(to.Split('/')[^1]);

        Assert.NotEqual(0, await PeopleAsync(site));
        Assert.Equal(HttpStatusCode.NotFound, (await TusAsync(office, "POST", Uploads, null, ("Upload-Length", "10"))).Status);
    }

    [Fact]
    public async Task An_upload_that_is_given_up_or_begun_anew_leaves_nothing_behind()
    {
        await using var site = await TestSite.OpenAsync("Production", hasSchool: false, stands: true);
        using var office = await WithCodeAsync(site);
        async Task<string> BeginAsync() => (await TusAsync(office, "POST", Uploads, null, ("Upload-Length", "10"))).Location!;

        Assert.Equal(HttpStatusCode.InsufficientStorage, (await TusAsync(office, "POST", Uploads, null, ("Upload-Length", "9223372036854775807"))).Status);
        var first = await BeginAsync();
        var second = await BeginAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await TusAsync(office, "HEAD", first, null)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await TusAsync(office, "DELETE", second, null)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await TusAsync(office, "PATCH", second, [1], ("Upload-Offset", "0"))).Status);
        var unfinished = site.Services.GetRequiredService<UnfinishedFiles>();
        Assert.All(new[] { first, second }, one => Assert.False(File.Exists(unfinished.PathOf(new(one.Split('/')[^1])))));
    }

    [Fact]
    public async Task While_a_school_is_on_its_way_back_none_is_set_up()
    {
        await using var site = await TestSite.OpenAsync(hasSchool: false, stands: true);
        using var office = await WithCodeAsync(site);
        var bringBack = site.Services.GetRequiredService<BringBackNow>();
        var (file, pipe) = (Path.Combine(folder, "slow"), await BackupAsync());
        await File.WriteAllBytesAsync(file, pipe);
        var token = (await office.GetAsync("/setup")).FormToken;

        var running = bringBack.Start(file);
        if (bringBack.IsRunning)
        {
            // Small as it is, it may be back before the page is asked.
            var there = await office.GetAsync("/setup");
            Assert.Contains((there.Status, there.Location), new (HttpStatusCode, string?)[] { (HttpStatusCode.Redirect, Page), (HttpStatusCode.NotFound, null) });
        }
        Assert.Null(await running);
        Assert.Equal(HttpStatusCode.NotFound, (await office.PostAsync("/setup", ("_form", token), ("Code", CodeOf(site)))).Status);
        Assert.Single(await site.WithDbAsync(db => db.Schools.ToListAsync()));
    }

    private static Task<Answer> TusAsync(Visitor who, string method, string path, byte[]? body, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path) { Headers = { { "Tus-Resumable", "1.0.0" } } };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        if (body is not null) request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/offset+octet-stream") } };
        return who.SendAsync(request);
    }
}
