"""Recording a trace while a torch model runs."""
