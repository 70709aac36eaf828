using ClassHub.Classes;
using ClassHub.Media;

namespace ClassHub.Web.Ui;

/// <summary>Takes what a form carried: files inside it, and the keys of files that were sent beforehand.</summary>
public sealed class TakingFiles(KeepFile keep, TakeUpload uploads, FileLimits limits, Viewer viewer)
{
    /// <inheritdoc cref="TakeUpload.BegunAtAsync"/>
    public Task<DateTimeOffset?> BegunAtAsync(IReadOnlyList<string> keys, CancellationToken stop) => uploads.BegunAtAsync(keys, viewer.PersonId, stop);

    /// <inheritdoc cref="TakeUpload.AsSentAsync"/>
    public Task<IReadOnlyList<string>> AsSentAsync(IReadOnlyList<StoredFile> files, CancellationToken stop) => uploads.AsSentAsync(files, stop);

    /// <summary>Before anything else is decided: a file that arrived is not lost by a slip elsewhere in the form.</summary>
    /// <exception cref="RuleBroken">One of them cannot be taken.</exception>
    public async Task<List<StoredFile>> AllAsync(IEnumerable<IFormFile> files, IReadOnlyList<string> keys, int classId, CancellationToken stop)
    {
        var sent = files.Where(f => f.Length > 0 || f.FileName != "").ToList();
        if (sent.Count + keys.Count > limits.FilesAPost) throw new RuleBroken($"At most {limits.FilesAPost} files can be sent together.", "Files");
        var kept = await uploads.FinishedAsync(keys, viewer.PersonId, stop);
        foreach (var file in sent)
        {
            await using var content = file.OpenReadStream();
            kept.Add(await keep.RunAsync(content, file.FileName, viewer.PersonId, viewer.IsStaff, classId, stop));
        }
        return kept;
    }
}
