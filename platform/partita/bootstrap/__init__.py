"""The composition root: the only place that knows every floor. It joins settings, compiler, storage, runtime and web;
it holds no rules of its own."""
