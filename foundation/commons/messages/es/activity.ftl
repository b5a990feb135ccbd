activity-comment = Comentó
following-title = Lo que sigo por correo
following-lead = Las novedades de estos asuntos van a la dirección de su cuenta. También puede pararlas con el enlace de cada correo.
following-none = No sigue nada por correo
following-none-text = En la página de un asunto puede pedir sus novedades.
following-unconfirmed = Aún sin confirmar: mire su buzón.
following-leave = Dejar de seguir
