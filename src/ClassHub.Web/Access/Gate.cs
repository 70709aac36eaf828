using System.Reflection;
using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.School;
using ClassHub.Submissions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Access;

/// <summary>Before any page runs: it names its row, the class in the address is one the viewer may enter, and office pages are the office's. What a member may do there, the page asks the resource.</summary>
public sealed class Gate(ClassHubDb db, SchoolClock clock) : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var page = context.ActionDescriptor.HandlerTypeInfo;
        if (context.HandlerMethod is null) { context.Result = new StatusCodeResult(StatusCodes.Status405MethodNotAllowed); return; }
        if ((context.HandlerMethod.MethodInfo.GetCustomAttribute<RowAttribute>() ?? page.GetCustomAttribute<RowAttribute>()) is null)
            throw new InvalidOperationException($"{page.Name}.{context.HandlerMethod.MethodInfo.Name} names no row of the matrix.");

        context.Result = await RefusalAsync(context, page) ?? Unchanged(context.HttpContext, page);
        if (context.Result is null) await next();
    }

    private StatusCodeResult? Unchanged(HttpContext context, TypeInfo page) =>
        HttpMethods.IsGet(context.Request.Method) && page.GetCustomAttribute<VersionedAttribute>() is not null && context.Features.Get<SignedInPerson>() is { } person
            && PageVersion.IsUnchanged(context, person, clock) ? new StatusCodeResult(StatusCodes.Status304NotModified) : null;

    private async Task<IActionResult?> RefusalAsync(PageHandlerExecutingContext context, TypeInfo page)
    {
        var person = context.HttpContext.Features.Get<SignedInPerson>();
        if (person is null) return page.GetCustomAttribute<AllowAnonymousAttribute>() is null ? new ChallengeResult() : null;

        if (person.MustChangePassword && page.GetCustomAttribute<OpenBeforePasswordChangeAttribute>() is null && page.GetCustomAttribute<AllowAnonymousAttribute>() is null)
            return new RedirectResult("/me/password");
        if (page.GetCustomAttribute<OfficeOnlyAttribute>() is not null && !person.Viewer.IsOffice) return new ForbidResult();
        if (!context.RouteData.Values.TryGetValue("classId", out var named)) return null;
        return int.TryParse(named as string, out var classId) && await EnterAsync(person.Viewer, classId, context.HttpContext, page) ? null : new NotFoundResult();
    }

    /// <summary>A member enters as what they are, a guardian with the eyes of their child; the office looks in without belonging.</summary>
    private async Task<bool> EnterAsync(Viewer viewer, int classId, HttpContext http, TypeInfo page)
    {
        int? child = !viewer.IsGuardian || !http.Request.Query.TryGetValue("child", out var named) ? null : int.TryParse(named, out var one) ? one : 0;
        // A child in the address who is a stranger, or no child at all, leads nowhere.
        if (child is not null && viewer.Children.All(c => c.PupilId != child)) return false;
        var me = viewer.In(classId, child);
        if (me is { IsArchived: true, IsTeacher: false }) me = null;
        if (me is null && viewer.IsOffice)
            me = await db.Classes.Where(c => c.Id == classId)
                .Select(c => new MyClass(c.Id, c.Name, c.Subject, false, false, c.ArchivedAt != null, c.Stamp, c.WorkStamp) { IsOfficeOnly = true })
                .SingleOrDefaultAsync(http.RequestAborted);
        if (me is null && HttpMethods.IsGet(http.Request.Method) && page.GetCustomAttribute<OpenToFormerAttribute>() is not null) me = await FormerAsync(viewer, classId, http.RequestAborted);
        if (me is null) return false;
        viewer.EnterClass(me);
        return true;
    }

    /// <summary>Whoever handed something in to this class, or looks after who did.</summary>
    private async Task<MyClass?> FormerAsync(Viewer viewer, int classId, CancellationToken stop) =>
        await db.Submissions.VisibleTo(viewer).AnyAsync(s => s.ClassId == classId, stop)
            ? await db.Classes.Where(c => c.Id == classId).Select(c => new MyClass(c.Id, c.Name, c.Subject, false, false, c.ArchivedAt != null, c.Stamp, 0) { IsFormer = true }).SingleAsync(stop) : null;
}

/// <summary>Open to a person who still has to choose a password.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OpenBeforePasswordChangeAttribute : Attribute;
