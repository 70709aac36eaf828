using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Media;
using ClassHub.Posts;
using ClassHub.Web.Access;
using ClassHub.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Media;

/// <summary>A teacher writes what a sound or video of their class says, or brings a file with it.</summary>
[Row("R83"), TakesFiles, RequestFormLimits(ValueLengthLimit = Transcript.MostBytes + 1_000, MultipartBodyLengthLimit = 20 * Transcript.MostBytes)]
public sealed class EditWordsPage(ClassHubDb db, Viewer viewer, GiveWords give) : PageModel
{
    [BindProperty] public string? Text { get; set; }
    [BindProperty(Name = "File")] public IFormFile? Brought { get; set; }
    [BindProperty] public int SeenVersion { get; set; }
    [BindProperty(SupportsGet = true)] public int? From { get; set; }

    public PlayedFile Played { get; private set; } = null!;
    /// <summary>What its teacher listens to while writing.</summary>
    public ShownFile Shown { get; private set; } = null!;
    public PlayedFile.Place Place { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string mediaKey, CancellationToken stop)
    {
        if (await EnterAsync(mediaKey, stop) is { } no) return no;
        var captions = await db.Captions.AsNoTracking().SingleOrDefaultAsync(c => c.FileId == Played.Id, stop);
        (Text, SeenVersion) = (captions?.Text, captions?.Version ?? 0);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string mediaKey, CancellationToken stop)
    {
        if (await EnterAsync(mediaKey, stop) is { } no) return no;
        var words = new Transcript(false, []);
        if (!await TryAsync(async () => await give.SaveAsync(Played.Id, words = await ReadAsync(stop), SeenVersion, viewer.PersonId, stop))) return Page();

        this.Say("The words are saved. " + Odd(words) + "This is how they read.");
        return Redirect($"/files/{Played.Key}/words?from={From}");
    }

    public async Task<IActionResult> OnPostRemoveAsync(string mediaKey, CancellationToken stop)
    {
        if (await EnterAsync(mediaKey, stop) is { } no) return no;
        if (!await TryAsync(() => give.RemoveAsync(Played.Id, SeenVersion, stop))) return Page();

        this.Say("The words are gone.");
        return Redirect(Place.Address);
    }

    private async Task<IActionResult?> EnterAsync(string mediaKey, CancellationToken stop)
    {
        if (await PlayedFile.FindAsync(db, viewer, mediaKey, stop) is not { } played) return NotFound();
        if (!await db.Files.WordsWritableBy(viewer, db).AnyAsync(f => f.Id == played.Id, stop)) return Forbid();
        var file = new FileView(played.Id, played.Key, played.Name, played.ContentType, 0);
        await db.WithRungsAsync(stop, [file]);
        Shown = new(file with { Size = file.Rungs.Size }, "/files/", HttpContext.SavesData());
        (Played, Place) = (played, await played.PlaceAsync(db, viewer, From, stop));
        return null;
    }

    /// <summary>Whoever was told that the words changed meanwhile may save theirs all the same.</summary>
    private Task<bool> TryAsync(Func<Task> act) => this.TryAsync("Text", async () =>
    {
        try { await act(); }
        catch (WordsChanged changed)
        {
            SeenVersion = changed.Version;
            throw;
        }
    });

    /// <summary>What was not as it should be in a file, and what became of it.</summary>
    private static string Odd(Transcript words) => string.Concat(
        words.Encoding is { } encoding ? $"The file was not written in Unicode and was read as {encoding}: look at letters with accents. " : "",
        words.Mended == 0 ? "" : words.Mended == 1 ? "1 cue was mended. " : $"{words.Mended} cues were mended. ",
        words.LeftOut == 0 ? "" : words.LeftOut == 1 ? "1 could not be read and was left out. " : $"{words.LeftOut} could not be read and were left out. ");

    /// <exception cref="RuleBroken">The line that cannot be read, beside the file or the box it stands in.</exception>
    private async Task<Transcript> ReadAsync(CancellationToken stop)
    {
        if (Brought is not { FileName: not "" } file) return ReadTranscript.Of(Text ?? "");
        var bytes = new byte[Math.Min(file.Length, Transcript.MostBytes + 1L)];
        await using (var content = file.OpenReadStream()) await content.ReadExactlyAsync(bytes, stop);
        try { return ReadTranscript.Of(bytes); }
        catch (RuleBroken rule) { throw new RuleBroken($"“{PlainText.Line(file.FileName, 60)}”: {rule.Message}", "File"); }
    }
}
