using ClassHub.Backups;
using ClassHub.Media;
using Microsoft.EntityFrameworkCore;
using static ClassHub.Tests.TestSchool;

namespace ClassHub.Tests.Files;

public sealed class CheckFilesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("classhub-files-").FullName;
    public void Dispose() => Directory.Delete(folder, recursive: true);

    private Task<StoredFile> KeepAsync(TestSchool school, string words) =>
        new KeepFile(school.Db(), new DiskFileStore(folder), SchoolWork.Limits, school.Clock).RunAsync(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(words)), words + ".txt", school.Ben.Id, false, null, Stop);

    private Task CheckAsync(TestSchool school) => new CheckFiles(school.Db(), new DiskFileStore(folder), school.Clock).RunAsync(Stop);
    private string PathOf(StoredFile file) => Path.Combine(folder, "files", file.Key[..2], file.Key);

    [BothEngines]
    public async Task A_flipped_bit_and_a_missing_file_are_found_in_the_night_and_a_repaired_file_is_well_again(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        var (well, changed, gone) = (await KeepAsync(school, "well"), await KeepAsync(school, "volcano"), await KeepAsync(school, "gone"));
        var version = await school.HandInAsync(await school.SetTaskAsync(), school.Ben, files: [changed]);
        var bytes = await File.ReadAllBytesAsync(PathOf(changed));
        await File.WriteAllBytesAsync(PathOf(changed), [(byte)(bytes[0] ^ 1), .. bytes[1..]]);
        File.Delete(PathOf(gone));

        await CheckAsync(school);

        var damaged = await school.Db().DamagedFilesAsync(10, Stop);
        Assert.Equal(["gone.txt", "volcano.txt"], damaged.Select(f => f.Name).Order());
        var named = damaged.Single(f => f.Name == "volcano.txt");
        Assert.Equal(("Ben Fisher", school.Now), (named.Owner, named.Since));
        Assert.Equal(["Work handed in for Volcano poster, 5 Maple"], named.Uses);
        Assert.All(await school.Db().Files.ToListAsync(), f => Assert.Equal(school.Now, f.CheckedAt));

        await File.WriteAllBytesAsync(PathOf(changed), bytes);
        school.Clock.Advance(TimeSpan.FromDays(1));
        await CheckAsync(school);

        var left = Assert.Single(await school.Db().DamagedFilesAsync(10, Stop));
        Assert.Equal(("gone.txt", school.Now.AddDays(-1)), (left.Name, left.Since));
        Assert.NotNull(version);
        Assert.Equal(school.Now, (await school.Db().Files.SingleAsync(f => f.Id == well.Id)).CheckedAt);
    }

    [BothEngines]
    public async Task Every_file_of_many_is_read_once_a_night(Engine engine)
    {
        await using var school = await OpenAsync(engine);
        for (var i = 0; i < 120; i++) await KeepAsync(school, $"file {i}");

        await CheckAsync(school);
        school.Clock.Advance(TimeSpan.FromDays(1));
        await CheckAsync(school);

        Assert.All(await school.Db().Files.ToListAsync(), f => Assert.Equal((school.Now, null), (f.CheckedAt, f.DamagedAt)));
    }
}
