sv-letters-pick = Elegir
sv-letters-pick-all = Elegir todas las de esta página
sv-letters-pick-one = Elegir { $code }
sv-letters-with = A las elegidas:
sv-letters-write = Escribir una carta
sv-letters-heading = { $count ->
    [one] Una carta a una persona solicitante
   *[other] Una carta a { $count } personas solicitantes
}
sv-letters-which = A quién
sv-letters-hint = Cada persona la recibe como carta propia, por correo y en su página. Los nombres entre llaves se rellenan para cada una: Estimada {"{"}full_name{"}"}, su solicitud {"{"}reference{"}"} …
sv-letters-fields = Qué se puede rellenar
sv-letters-why-hint = Las cartas muestran lo respondido; por eso cada persona lee que usted abrió su solicitud y por qué.
sv-letters-read = Leer las cartas antes de enviarlas
sv-letters-read-lead = Se pueden enviar { $good } de { $all }. Aún no ha salido ninguna.
sv-letters-send-this = Enviar esta carta
sv-letters-send = { $count ->
    [one] Enviar una carta
   *[other] Enviar { $count } cartas
}
sv-letters-change = Cambiar el texto
sv-letters-back = Volver a las solicitudes
sv-letters-partly = Enviadas: { $done }. No enviadas: { $left }, por los motivos de abajo. Lo que escribió sigue aquí.
sv-flash-letters-none = Elija primero solicitudes: marque sus casillas.
sv-flash-letters-sent = Todas las cartas se han enviado.
refusal-letters-none = Elija al menos una solicitud.
refusal-letters-many = Elija como máximo { $most } solicitudes a la vez.
refusal-letters-not-yours = No está en su mesa.
refusal-letters-batch = Dé un nombre al envío, de { $most } caracteres como máximo: con el mismo nombre nadie recibe la carta dos veces.
refusal-letter-closed = Esta solicitud ha terminado; nadie espera una carta sobre ella.
refusal-letter-field-unknown = Esta solicitud no tiene ninguna pregunta llamada { $name }.
refusal-letter-field-empty = { $name } no se respondió en esta solicitud, y la carta quedaría con un hueco.
refusal-letters-stage = Indique read o send como fase: con otra cosa no se envía nada.
