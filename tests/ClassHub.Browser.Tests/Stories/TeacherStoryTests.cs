using ClassHub.Browser.Tests.TheSite;

namespace ClassHub.Browser.Tests.Stories;

/// <summary>A teacher's evening at a desk: tomorrow is prepared, something is mended, and the pile is marked with the keys.</summary>
[Collection(InTheBrowser.Name)]
public sealed class TeacherStoryTests(Chromium chromium, DemoServer school)
{
    private const string Class = "6 Rowan · Science";

    [Fact]
    public async Task A_teacher_schedules_a_task_finds_a_mistake_posts_it_now_and_takes_it_back()
    {
        await using var okafor = await chromium.DesktopAsync(school);
        var page = okafor.Page;
        await okafor.SignInAsync("okafor");
        await okafor.FollowAsync(Class);
        await okafor.FollowAsync("New post");

        // The toolbar turns the lines that were typed into steps.
        await page.GetByLabel("Title").FillAsync("Shadows at noon");
        await page.GetByLabel("What pupils read or do").FillAsync("Put a stick in the ground.");
        await page.GetByLabel("What pupils read or do").SelectTextAsync();
        await okafor.PressAsync("Steps");
        await Expect(page.GetByLabel("What pupils read or do")).ToHaveValueAsync("1. Put a stick in the ground.");
        await page.GetByLabel("Files").SetInputFilesAsync(Repository.PathOf("src/ClassHub.Web/demo/files/fair-test.pdf"));
        await okafor.SeesAsync("fair-test.pdf");
        await okafor.PressAsync("Schedule");
        await okafor.SeesAsync("Scheduled. It goes out by itself.");
        await Expect(okafor.Heading("Shadows at noon")).ToBeVisibleAsync();
        await okafor.BackToClassAsync();

        await page.Locator("details.more.card > summary").ClickAsync();         // "3 scheduled, 1 draft"
        var post = page.Locator("article").Filter(new() { HasText = "Shadows at noon" });
        await Expect(post).ToContainTextAsync("Scheduled");
        await post.GetByRole(AriaRole.Link, new() { Name = "Edit" }).ClickAsync();
        await page.GetByLabel("Title").FillAsync("");
        await page.GetByLabel("Title").FillAsync("Shadows at midday");
        await okafor.PressAsync("Post now");
        await Expect(okafor.Heading("Shadows at midday")).ToBeVisibleAsync();
        await okafor.SeesAsync("fair test");

        // Into the bin, and out of it again.
        await page.GotoAsync(page.Url.Replace("/tasks/", "/posts/", StringComparison.Ordinal));
        await okafor.PressAsync("Put in the bin");
        await okafor.SeesAsync("Undo");
        await okafor.PressAsync("Undo");
        await okafor.FollowAsync(Class);
        await Expect(page.Locator("article").Filter(new() { HasText = "Shadows at midday" })).ToBeVisibleAsync();
        okafor.HadNoTrouble();
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_post_that_goes_out_while_it_is_being_kept_as_a_draft_is_there_once(bool withFile)
    {
        var title = withFile ? "Once, with a page" : "Once";
        await using var okafor = await chromium.DesktopAsync(school);
        var page = okafor.Page;
        await okafor.SignInAsync("okafor");
        await okafor.FollowAsync(Class);
        await okafor.FollowAsync("New post");
        await okafor.ListensAsync();
        await page.RouteAsync("**/*handler=Keep*", async route =>
        {
            // The school takes it, and its answer is late.
            var answer = await route.FetchAsync();
            await Task.Delay(2000);
            await route.FulfillAsync(new() { Response = answer });
        });

        if (withFile) await page.GetByLabel("Files").SetInputFilesAsync(Repository.PathOf("src/ClassHub.Web/demo/files/fair-test.pdf"));
        await page.RunAndWaitForRequestAsync(() => page.GetByLabel("Title").FillAsync(title), request => request.Url.Contains("handler=Keep", StringComparison.Ordinal));
        await okafor.PressAsync("Schedule");

        await okafor.SeesAsync("Scheduled. It goes out by itself.");
        await okafor.BackToClassAsync();
        await page.Locator("details.more.card > summary").ClickAsync();
        await Expect(page.Locator("article").Filter(new() { Has = page.GetByRole(AriaRole.Link, new() { Name = title, Exact = true }) })).ToHaveCountAsync(1);
        okafor.HadNoTrouble();
    }

    [Fact]
    public async Task A_post_that_goes_out_while_its_recording_is_looked_at_is_not_asked_about_any_more()
    {
        await using var okafor = await chromium.DesktopAsync(school);
        var page = okafor.Page;
        await okafor.HasSignedInAsync("okafor");
        await page.GotoAsync("/classes/1/posts/new");
        await okafor.ListensAsync();
        // How long the recording is, shows late.
        await page.EvaluateAsync("() => { HTMLMediaElement.prototype.addEventListener = function (type, heard) { if (type === 'error') window.isLookedAt ??= heard } }");
        await page.GetByLabel("Title").FillAsync("Clap with me");
        await page.GetByLabel("Files").SetInputFilesAsync(Repository.PathOf("src/ClassHub.Web/demo/files/clap-this-rhythm.mp3"));
        await page.WaitForFunctionAsync("() => window.isLookedAt");

        await okafor.PressAsync("Post now");
        await okafor.SeesAsync("Posted. Pupils see it now.");
        await page.EvaluateAsync("() => new Promise(passed => { window.isLookedAt(); setTimeout(passed, 500) })");

        okafor.HadNoTrouble();
    }

    [Fact]
    public async Task What_is_typed_before_the_scripts_have_come_is_saved()
    {
        await using var okafor = await chromium.DesktopAsync(school);
        var page = okafor.Page;
        var mayCome = new TaskCompletionSource();
        await okafor.HasSignedInAsync("okafor");
        await page.RouteAsync("**/behaviours/autosave*", async route => { await mayCome.Task; await route.ContinueAsync(); });
        await page.GotoAsync("/classes/1/posts/new");

        await page.GetByLabel("Title").FillAsync("Quicker than the line");
        mayCome.SetResult();

        await Expect(page.Locator("[data-autosave-status]")).ToContainTextAsync("Saved");
        await page.GotoAsync("/classes/1");
        await Expect(page.Locator("article").Filter(new() { HasText = "Quicker than the line" })).ToContainTextAsync("Draft");
        okafor.HadNoTrouble();
    }

    [Fact]
    public async Task A_teacher_marks_with_the_keys_and_what_was_typed_stays_when_moving_on()
    {
        await using var nair = await chromium.DesktopAsync(school);
        var page = nair.Page;
        await nair.HasSignedInAsync("nair");
        await page.GotoAsync("/to-mark");
        await nair.FollowAsync("Start");

        var first = await page.Locator("#wk").InnerTextAsync();
        await page.GetByLabel("Comment").FillAsync("Show how you got there.");
        await Expect(page.Locator("[data-autosave-status]")).ToContainTextAsync("Saved");
        await page.Locator("h1").ClickAsync(new() { Position = new() { X = 1, Y = 1 }, Trial = true });
        await page.GetByLabel("Comment").BlurAsync();
        await page.Keyboard.PressAsync("2");
        await page.Keyboard.PressAsync("j");
        await Expect(page.Locator("#wk")).Not.ToHaveTextAsync(first);
        await nair.ListensAsync();
        await page.Keyboard.PressAsync("k");
        await Expect(page.Locator("#wk")).ToHaveTextAsync(first);
        await Expect(page.GetByLabel("Comment")).ToHaveValueAsync("Show how you got there.");
        await Expect(page.GetByLabel("Nearly there")).ToBeCheckedAsync();

        await nair.ListensAsync();
        await page.GetByLabel("Comment").PressAsync("Control+Enter");
        await nair.SeesAsync("Given back to");
        await Expect(page.Locator("#wk")).Not.ToHaveTextAsync(first);
        nair.HadNoTrouble();
    }
}
