using System.Net;
using System.Net.Http.Headers;
using ClassHub.Media;
using ClassHub.Posts;
using ClassHub.Tasks;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Tests.Media;

/// <summary>Files that Amira hands in by the real form, and what her teacher gets of them.</summary>
internal sealed class HandedIn(MediaSchool school, int taskId, StoredFile file, int submissionId, string receipt)
{
    public StoredFile File => file;
    public string Receipt => receipt;
    public string Address => $"/work/{submissionId}/files/{file.Key}";

    public static byte[] Case(string name) => System.IO.File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Media/Devices", name));

    public static Task<HandedIn> CaseAsync(MediaSchool school, string name) => SendAsync(school, Case(name), name);

    public static async Task<HandedIn> SendAsync(MediaSchool school, byte[] content, string name)
    {
        var taskId = await TaskAsync(school);
        using var amira = await school.Site.SignedInAsync("Haddad");
        var form = new MultipartFormDataContent { { new StringContent(await amira.TokenAsync()), "_form" }, { new StringContent(RandomKey.Hex()), "Key" } };
        var part = new ByteArrayContent(content);
        part.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        form.Add(part, "Files", name);
        var answer = await amira.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"/classes/{school.ClassId}/tasks/{taskId}/hand-in") { Content = form });
        Assert.True(answer.Status == HttpStatusCode.Redirect, answer.Body);
        return await OfAsync(school, taskId, answer.Location!);
    }

    public static Task<HandedIn> OfAsync(MediaSchool school, int taskId, string receipt) => school.Site.WithDbAsync(async db =>
    {
        var made = await db.SubmissionVersions.Where(v => v.Submission.TaskId == taskId).SelectMany(v => v.Files)
            .Select(f => new { f.File, f.Version.SubmissionId }).SingleAsync();
        return new HandedIn(school, taskId, made.File, made.SubmissionId, receipt);
    });

    public static Task<int> TaskAsync(MediaSchool school) => school.Site.WithDbAsync(async db =>
    {
        var okafor = await db.People.SingleAsync(p => p.Surname == "Okafor");
        var post = db.Posts.Add(new Post(school.ClassId, PostKind.Task, okafor.Id, null, Everybody.MondayNine)).Entity;
        post.Write("Volcano", "Show it", null, null, Everybody.MondayNine);
        post.Publish(Everybody.MondayNine, null, Everybody.MondayNine);
        await db.SaveChangesAsync();
        var task = db.Tasks.Add(new ClassTask(post)).Entity;
        task.Ask(HandInWays.Text | HandInWays.Files, null);
        await db.SaveChangesAsync();
        return task.Id;
    });

    public Task<Rungs> RungsAsync() => school.RungsAsync(file);

    public Task<StoredFile> AgainAsync() => school.Site.WithDbAsync(db => db.Files.SingleAsync(f => f.Id == file.Id));

    /// <summary>The page on which Mr Okafor marks it.</summary>
    public async Task<AngleSharp.Html.Dom.IHtmlDocument> TeachersPageAsync()
    {
        using var okafor = await school.Site.SignedInAsync("Okafor");
        return (await okafor.GetAsync($"/classes/{school.ClassId}/tasks/{taskId}/mark/{submissionId}")).Page;
    }

    public async Task<Answer> ReceiptAsync()
    {
        using var amira = await school.Site.SignedInAsync("Haddad");
        return await amira.GetAsync(receipt);
    }

    public Task<byte[]> TeacherGetsAsync(string? address = null) => school.BytesAsync(address ?? Address, "Okafor");

    public async Task<(string Type, string Name)> TeacherSavesAsync()
    {
        using var okafor = await school.Site.SignedInAsync("Okafor");
        var (response, _) = await okafor.FileAsync(Address + "?download=true");
        var disposition = response.Content.Headers.ContentDisposition!;
        return (disposition.DispositionType, (disposition.FileNameStar ?? disposition.FileName!).Trim('"'));
    }
}
