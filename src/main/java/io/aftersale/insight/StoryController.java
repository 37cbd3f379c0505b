package io.aftersale.insight;

import io.aftersale.access.Callers;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Where the desks read what is behind a task: the tab beside the form in Tasklist asks here. */
@RestController
@Tag(name = "Desks", description = "What people read who work on tasks; with the session of the web apps, or Basic")
class StoryController {
    private final StoryDesk desk;
    private final Callers callers;

    StoryController(StoryDesk desk, Callers callers) {
        this.desk = desk;
        this.callers = callers;
    }

    @GetMapping("/api/tasks/{taskId}/story")
    @Operation(
            summary = "The whole story behind a task",
            description =
                    "For people who see the task. With internal remarks, the buyer's other cases and cases alike.")
    TaskStory story(@PathVariable String taskId) {
        return desk.of(callers.current(), taskId);
    }
}
