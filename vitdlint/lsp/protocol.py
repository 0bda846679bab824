"""The protocol with an answer to every request, also to one that cannot be read; nothing of a message is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pygls.exceptions import JsonRpcException
from pygls.protocol import LanguageServerProtocol


class Protocol(LanguageServerProtocol):
    """pygls itself writes such a request to its log alone, and the editor would wait for ever."""

    def _execute_handler(
        self, msg_id: Any, handler: Any, callback: Callable[..., Any], args: Any = None, kwargs: Any = None
    ) -> None:
        """Handle a message. pygls itself keeps the futures of notifications, so of each edit, for ever."""

        def ended(future: Any) -> None:
            self._request_futures.pop(msg_id, None)
            callback(future)

        super()._execute_handler(msg_id, handler, ended, args, kwargs)

    def structure_message(self, data: dict[str, Any]) -> Any:
        """The message that a JSON object is."""
        is_request = "jsonrpc" in data and "method" in data and isinstance(data.get("id"), int | str)
        if is_request and self.get_message_type(str(data["method"])) is None:
            data.setdefault("params", None)
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if is_request:
                self._send_response(data["id"], None, error.to_response_error())
            raise
