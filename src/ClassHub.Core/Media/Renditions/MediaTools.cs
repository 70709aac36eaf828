namespace ClassHub.Media.Renditions;

/// <summary>The programs of the machine that make smaller versions. None of them has to be there: what is missing is made when they come. One for the whole server.</summary>
/// <param name="pictureReader">The words that start our own program as the one that opens pictures: see <see cref="ReadPicture"/>.</param>
/// <param name="path">Where programs are looked for, as in PATH.</param>
public sealed class MediaTools(IReadOnlyList<string> pictureReader, string path, TimeProvider clock)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);
    internal static readonly string[] WithoutNetwork = ["unshare", "--user", "--net", "--map-current-user"];
    private Found? found;

    /// <summary>What was found when it was last looked for.</summary>
    /// <param name="HasNoNetwork">Whether programs can be kept from the network here; if not, they run all the same.</param>
    public sealed record Found(string? Ffmpeg, string? Ffprobe, string? PdfToPpm, bool HasNoNetwork, DateTimeOffset At)
    {
        public bool HasRecordings => Ffmpeg is not null && Ffprobe is not null;
    }

    internal IReadOnlyList<string> PictureReader => pictureReader;
    /// <summary>How long one program may take.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromHours(1);

    /// <summary>At most a minute old, so that a program that was installed is soon used.</summary>
    public async Task<Found> LookAsync(CancellationToken stop)
    {
        if (found is { } known && known.At + LookAgain > clock.GetUtcNow()) return known;
        return found = new(PathOf("ffmpeg"), PathOf("ffprobe"), PathOf("pdftoppm"), await CanGoWithoutNetworkAsync(stop), clock.GetUtcNow());
    }

    private string? PathOf(string program) =>
        path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? program + ".exe" : program)).FirstOrDefault(File.Exists);

    private static async Task<bool> CanGoWithoutNetworkAsync(CancellationToken stop) => OperatingSystem.IsLinux()
        && (await ChildProcess.RunAsync([.. WithoutNetwork, "true"], Path.GetTempPath(), new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(2), 1L << 30, 0, HasNoNetwork: false), stop)).IsWell;
}
