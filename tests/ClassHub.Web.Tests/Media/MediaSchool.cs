using ClassHub.Database;
using ClassHub.Media;
using ClassHub.Media.Renditions;
using ClassHub.Posts;
using ClassHub.Web.Startup;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ClassHub.Web.Tests.Media;

/// <summary>A site whose teacher of 5 Maple posts files, and whose smaller versions are made when a test says so.</summary>
public sealed class MediaSchool : IAsyncLifetime, IAsyncDisposable
{
    public TestSite Site { get; private set; } = null!;
    public int ClassId { get; private set; }

    /// <summary>Where its programs are; none: where this machine has them.</summary>
    public string? Programs { get; init; }

    public async Task InitializeAsync()
    {
        Site = await TestSite.OpenAsync(programs: Programs);
        ClassId = await Site.WithDbAsync(db => db.Classes.Where(c => c.Name == "5 Maple").Select(c => c.Id).SingleAsync());
    }

    /// <summary>A material of Mr Okafor with this file, visible to the class.</summary>
    public Task<StoredFile> PostAsync(byte[] bytes, string name) => WithAsync(async services =>
    {
        var db = services.GetRequiredService<ClassHubDb>();
        var okafor = await db.People.SingleAsync(p => p.Surname == "Okafor");
        var file = await services.GetRequiredService<KeepFile>().RunAsync(new MemoryStream(bytes), name, okafor.Id, true, ClassId, CancellationToken.None);
        var post = db.Posts.Add(new Post(ClassId, PostKind.Material, okafor.Id, null, Everybody.MondayNine)).Entity;
        post.Write(name, "", null, null, Everybody.MondayNine);
        post.Attach([file], Everybody.MondayNine);
        post.Publish(Everybody.MondayNine, null, Everybody.MondayNine);
        await db.SaveChangesAsync();
        return file;
    });

    /// <summary>Asks everything that is to do, with the programs of this machine, or with those in this folder.</summary>
    public Task PrepareAsync(string? programs = null, TimeSpan? patience = null, PreparingTurn? turn = null) => WithAsync(async services =>
    {
        var clock = services.GetRequiredService<TimeProvider>();
        var tools = programs is null ? services.GetRequiredService<MediaTools>() : new MediaTools(Commands.Itself(ReadPicture.Command), programs, clock) { Patience = patience ?? TimeSpan.FromMinutes(5) };
        await new PrepareMedia(services.GetRequiredService<ClassHubDb>(), services.GetRequiredService<IFileStore>(), tools, turn ?? services.GetRequiredService<PreparingTurn>(), clock).RunAsync(CancellationToken.None);
        return true;
    });

    public async Task<(StoredFile File, Rungs Rungs)> PreparedAsync(byte[] bytes, string name)
    {
        var file = await PostAsync(bytes, name);
        await PrepareAsync();
        return (file, await RungsAsync(file));
    }

    public Task<Rungs> RungsAsync(StoredFile file) => Site.WithDbAsync(async db => (await db.RungsOfAsync([file.Id], CancellationToken.None))[file.Id]);

    public async Task<byte[]> BytesAsync(string address, string surname = "Haddad")
    {
        using var visitor = await Site.SignedInAsync(surname);
        var (response, bytes) = await visitor.FileAsync(address);
        Assert.True(response.IsSuccessStatusCode, $"{address}: {response.StatusCode}");
        return bytes;
    }

    public async Task<string> PageAsync(StoredFile file, string surname = "Haddad")
    {
        var postId = await Site.WithDbAsync(db => db.PostFiles.Where(f => f.FileId == file.Id).Select(f => f.PostId).SingleAsync());
        using var visitor = await Site.SignedInAsync(surname);
        return (await visitor.GetAsync($"/classes/{ClassId}/posts/{postId}")).Body;
    }

    private async Task<T> WithAsync<T>(Func<IServiceProvider, Task<T>> act)
    {
        await using var scope = Site.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider);
    }

    public ValueTask DisposeAsync() => Site.DisposeAsync();
    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();
}
