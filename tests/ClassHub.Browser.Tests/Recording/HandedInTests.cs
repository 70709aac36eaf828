using ClassHub.Browser.Tests.TheSite;

namespace ClassHub.Browser.Tests.Recording;

/// <summary>What a pupil's phone made, and what becomes of it when it is too much.</summary>
[Collection(OnADevice.Name)]
public sealed class HandedInTests(Chromium chromium, DemoServer school)
{
    private async Task<Device> AtAsync(string task)
    {
        var amira = await chromium.PhoneAsync(school);
        await amira.HasSignedInAsync("amira");
        await amira.Page.GotoAsync(school.SetTask(task));
        await amira.IsReadyToKeepAsync();
        return amira;
    }

    [Fact]
    public async Task A_pupil_speaks_about_a_photo_and_both_are_handed_in()
    {
        await using var amira = await AtAsync("Show and tell");

        await amira.Page.GetByLabel("Photo + voice").SetInputFilesAsync(Repository.PathOf("src/ClassHub.Web/demo/files/page-number-line-1.jpg"));
        await amira.Page.RunsAsync(2);
        await amira.PressAsync("Stop");
        await amira.PressAsync("Use this");
        var files = amira.Page.GetByRole(AriaRole.List, new() { Name = "Files you added" });
        await Expect(files.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);
        await amira.PressAsync("Hand in");
        await Expect(amira.Heading("Handed in")).ToBeVisibleAsync();
        amira.HadNoTrouble();
    }

    [Fact]
    public async Task A_film_that_is_too_large_is_told_at_once_and_holds_nothing_up()
    {
        await using var amira = await AtAsync("Too large a film");
        var input = amira.Page.Locator("#files");
        async Task ChooseAsync(int bytes) => await input.EvaluateAsync("""
            (input, bytes) => {
              const files = new DataTransfer()
              files.items.add(new File([new Uint8Array(bytes)], "film.bin"))
              input.files = files.files
              input.dispatchEvent(new Event("change", { bubbles: true }))
            }
            """, bytes);

        await ChooseAsync(60_000_000);
        await amira.SeesAsync("“film.bin” is 60 MB. The most is 50 MB. Nothing was added.");
        // As after a school that takes less than this page said: it was kept on the device, and refused.
        await input.EvaluateAsync("input => { input.dataset.maxBytes = 1e9 }");
        await ChooseAsync(60_000_000);
        await amira.SeesAsync("This file is too big.");
        await amira.Page.GetByRole(AriaRole.Button, new() { Name = "Leave it out film.bin" }).ClickAsync();
        await Expect(amira.Page.Locator("[data-waiting]")).ToBeHiddenAsync();

        await amira.Page.GetByLabel("Write here").FillAsync("Without the film.");
        await amira.PressAsync("Hand in");
        await Expect(amira.Heading("Handed in")).ToBeVisibleAsync();
    }

    /// <summary>Each look at what waits read all files that wait: a film of 60 MB some ten times, before the school was even asked for it.</summary>
    [Fact]
    public async Task Whoever_looks_what_waits_reads_the_words_and_not_the_films()
    {
        await using var amira = await AtAsync("A film that waits");
        await amira.Page.EvaluateAsync("""
            () => {
              window.bytesRead = 0
              const { getAll } = IDBObjectStore.prototype
              IDBObjectStore.prototype.getAll = function (...range) {
                const asked = getAll.apply(this, range)
                asked.addEventListener("success", () => { for (const { sealed } of asked.result) window.bytesRead += sealed ? sealed.byteLength : 0 })
                return asked
              }
            }
            """);

        await amira.Page.Locator("#files").EvaluateAsync("""
            input => {
              const files = new DataTransfer()
              files.items.add(new File([new Uint8Array(5e6)], "film.bin"))
              input.files = files.files
              input.dispatchEvent(new Event("change", { bubbles: true }))
            }
            """);
        await Expect(amira.Page.GetByRole(AriaRole.List, new() { Name = "Files you added" })).ToContainTextAsync("film.bin");

        Assert.InRange(await amira.Page.EvaluateAsync<double>("() => window.bytesRead"), 1, 100_000);
    }
}
