using System.Text.RegularExpressions;
using ClassHub.Browser.Tests.TheSite;

namespace ClassHub.Browser.Tests.Offline;

/// <summary>What a device says of what it holds is so, and whatever fails without a connection is answered by ClassHub itself.</summary>
[Collection(OnABadLine.Name)]
public sealed partial class KeptWholeTests(Chromium chromium, DemoServer school)
{
    private const string Words = "A candle needs air, and a stone does not.";
    private const string PicturesAreThere = """
        () => Promise.all([...document.images].map(one => {
          one.loading = "eager"
          return one.complete || new Promise(done => { one.onload = one.onerror = done })
        }))
        """;

    [Fact]
    public async Task What_is_promised_right_after_the_first_visit_opens_whole_without_a_connection()
    {
        using var line = new Line(school);
        await using var mateusz = await chromium.PhoneAsync(line);
        await mateusz.SignInAsync("mateuszk", isOwn: true);
        await mateusz.Page.GotoAsync("/device");
        await mateusz.Page.Locator("[data-do=keep]").ClickAsync();
        await Expect(mateusz.Page.GetByText("All of it is on this device.")).ToBeVisibleAsync(new() { Timeout = 90_000 });
        var wanted = await mateusz.Page.Locator("[data-keep]").GetAttributeAsync("data-keep") ?? "";
        var tasks = Tasks().Matches(wanted).Select(m => m.Value).ToList();
        line.Cut();
        var written = "";

        foreach (var task in tasks)
        {
            await mateusz.NewPageAsync();
            var missed = new List<string>();
            mateusz.Page.RequestFailed += (_, one) => { if (one.ResourceType is "script" or "stylesheet" or "image" or "font") missed.Add(one.Url); };
            await mateusz.Page.GotoAsync(task);
            await mateusz.ListensAsync();
            await Expect(mateusz.Heading("Your work")).ToBeVisibleAsync();
            if (await mateusz.Page.Locator("form[data-hand-in]").CountAsync() > 0) await mateusz.IsReadyToKeepAsync();
            if (await mateusz.Page.GetByLabel("Write here").CountAsync() > 0) written = task;
            await mateusz.Page.EvaluateAsync(PicturesAreThere);
            Assert.True(missed.Count == 0, $"{task} misses {string.Join(", ", missed)}");
        }
        await mateusz.Page.GotoAsync(written);
        await mateusz.IsReadyToKeepAsync();
        await mateusz.Page.GetByLabel("Write here").FillAsync(Words);
        await mateusz.PressAsync("Hand in");
        await mateusz.SeesAsync("Your work is ready and kept on this device");
    }

    [Fact]
    public async Task What_came_but_for_a_script_is_not_promised()
    {
        await using var aisha = await chromium.PhoneAsync(school);
        await aisha.SignInAsync("aishab", isOwn: true);
        await aisha.KeepsPagesAsync();
        await aisha.Page.GotoAsync("/device");
        await aisha.Page.Locator("[data-do=keep]").ClickAsync();
        await Expect(aisha.Page.GetByText("All of it is on this device.")).ToBeVisibleAsync(new() { Timeout = 90_000 });

        await aisha.Page.EvaluateAsync("""
            async () => {
              const parts = await caches.open("parts")
              for (const { url } of await parts.keys()) if (url.endsWith("/js/behaviours/hand-in.js")) await parts.delete(url)
            }
            """);
        await aisha.Page.ReloadAsync();

        await Expect(aisha.Page.Locator("[data-do=keep]")).ToBeVisibleAsync();
        await Expect(aisha.Page.GetByText("All of it is on this device.")).ToBeHiddenAsync();
    }

    [Theory]
    [InlineData("hanas", true)]
    [InlineData("ethano", false)]
    public async Task A_form_that_cannot_be_sent_is_answered_with_its_words(string userName, bool isOwn)
    {
        using var line = new Line(school);
        var task = school.SetTask("Sent without a script");
        await using var pupil = await chromium.PhoneAsync(line);
        await pupil.SignInAsync(userName, isOwn: isOwn);
        await pupil.Page.GotoAsync(task);
        await pupil.IsReadyToKeepAsync();
        await pupil.IsLookedAfterAsync();
        line.Cut();

        // As where the scripts did not come: the browser itself sends the form.
        await pupil.Page.GetByLabel("Write here").EvaluateAsync("(box, words) => { box.value = words; box.form.submit() }", Words);
        await Expect(pupil.Heading("That did not reach the school")).ToBeVisibleAsync();
        await Expect(pupil.Page.Locator("textarea")).ToHaveValueAsync(Words);
        line.Mend();
        await pupil.PressAsync("Send it again");

        await Expect(pupil.Heading("Handed in")).ToBeVisibleAsync();
        await pupil.SeesAsync(Words);
    }

    [Fact]
    public async Task Words_that_the_school_never_took_are_counted_and_come_back()
    {
        using var line = new Line(school);
        var task = school.SetTask("Closed in the middle of a sentence");
        await using var dev = await chromium.PhoneAsync(line);
        await dev.SignInAsync("dev", isOwn: true);
        await dev.KeepsPagesAsync();
        await dev.Page.GotoAsync(task);
        await dev.IsReadyToKeepAsync();
        await dev.Page.GotoAsync("/device");
        await dev.Page.GotoAsync(task);
        await dev.IsReadyToKeepAsync();
        line.Cut();

        await dev.Page.GetByLabel("Write here").FillAsync(Words);
        await dev.Page.WaitForTimeoutAsync(300);
        await dev.NewPageAsync();
        await dev.Page.GotoAsync("/device");
        await dev.SeesAsync("Closed in the middle of a sentence");
        await Expect(dev.Page.GetByText("Nothing waits.")).ToBeHiddenAsync();

        await dev.Page.GotoAsync(task);
        await Expect(dev.Page.GetByLabel("Write here")).ToHaveValueAsync(Words);
    }

    [Theory]
    [InlineData("finn", true)]
    [InlineData("sofia", false)]
    public async Task A_page_that_is_not_kept_says_that_there_is_no_connection(string userName, bool isOwn)
    {
        using var line = new Line(school);
        await using var pupil = await chromium.PhoneAsync(line);
        await pupil.SignInAsync(userName, isOwn: isOwn);
        await pupil.IsLookedAfterAsync();
        if (isOwn) await pupil.KeepsPagesAsync();
        line.Cut();

        await pupil.Page.GotoAsync("/classes/1/people");
        await Expect(pupil.Heading("There is no connection")).ToBeVisibleAsync();
        line.Mend();
        await pupil.FollowAsync("Try again");
        await Expect(pupil.Heading("There is no connection")).ToHaveCountAsync(0);
    }

    [GeneratedRegex("/classes/[0-9]+/tasks/[0-9]+")]
    private static partial Regex Tasks();
}
